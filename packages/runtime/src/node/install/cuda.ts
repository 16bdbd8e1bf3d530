import { readdir, symlink } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { BuildContext } from './build-context.ts'
import { createInstallError, explainFailure } from './failure.ts'
import type { Command } from './requirements.ts'
import { runProgram } from './run-program.ts'
import { downloadWheels, unpackWheel } from './wheel.ts'
import type { WheelPlan } from './wheel-plan.ts'

/**
 * Adds the CUDA libraries of a TensorFlow wheel: to deps/nvidia, where they find one another, and as links beside
 * TensorFlow's library, which looks for them in its own folder.
 * @param wanted the requirements of the wheel's extra `and-cuda`
 * @throws GankitError with pip's message
 */
export async function addCuda(
  python: Command,
  wanted: readonly string[],
  plan: WheelPlan,
  deps: string,
  context: BuildContext,
): Promise<void> {
  context.report({ phase: `Fetching ${wanted.length} CUDA packages with pip` })
  const wheels = await downloadWheels(python, wanted, plan.tags, context)
  context.report({ phase: 'Unpacking CUDA' })
  for (const wheel of wheels) await unpackWheel(python, wheel, /^nvidia\/.*\.so(\.\d+)*$/, deps, context)
  const libraries = join(deps, 'lib')
  const files = (await readdir(join(deps, 'nvidia'), { recursive: true })).filter(name => /\.so/.test(name))
  for (const file of files)
    await symlink(relative(libraries, join(deps, 'nvidia', file)), join(libraries, basename(file)))
}

/** The requirements of a wheel's extra `and-cuda`, for pip. @throws GankitError where the wheel names none */
export async function readCudaRequirements(
  python: Command,
  wheel: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const script = `import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
name = next(name for name in wheel.namelist() if name.endswith('.dist-info/METADATA'))
print(wheel.read(name).decode())`
  const [program, ...words] = python
  const ended = await runProgram(program, [...words, '-c', script, wheel], { signal })
  if (ended.code !== 0) throw createInstallError(`${wheel} can't be read: ${explainFailure(ended)}`)
  const requirements = parseRequirements(ended.stdout, 'and-cuda')
  if (requirements.length === 0) throw createInstallError(`${wheel} names no CUDA packages`)
  return requirements
}

/** The requirements that a wheel's METADATA lists for one of its extras. */
export function parseRequirements(metadata: string, extra: string): string[] {
  return [...metadata.matchAll(/^Requires-Dist: *([^;\n]+);[^\n]*extra *== *['"]([^'"]+)['"]/gm)]
    .filter(match => match[2] === extra)
    .map(match => match[1]!.trim())
}
