import { readdir, symlink } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { installError, whyOf } from './failure.ts'
import type { Call } from './requirements.ts'
import { runProgram } from './run-program.ts'
import { fetchWheels, unpack } from './wheel.ts'
import type { WheelPlan } from './wheel-plan.ts'
import type { Workshop } from './workshop.ts'

/**
 * Adds the CUDA libraries that a TensorFlow wheel names under its extra `and-cuda`: to deps/nvidia, where they find
 * one another, and as links beside TensorFlow's library, which looks for them in its own folder.
 * @throws GankitError with what pip said
 */
export async function addCuda(
  python: Call,
  wanted: readonly string[],
  plan: WheelPlan,
  deps: string,
  workshop: Workshop,
): Promise<void> {
  workshop.report({ phase: `Fetching ${wanted.length} CUDA packages with pip` })
  const wheels = await fetchWheels(python, wanted, plan.tags, workshop)
  workshop.report({ phase: 'Unpacking CUDA' })
  for (const wheel of wheels) await unpack(python, wheel, /^nvidia\/.*\.so(\.\d+)*$/, deps, workshop)
  const libraries = join(deps, 'lib')
  const files = (await readdir(join(deps, 'nvidia'), { recursive: true })).filter(name => /\.so/.test(name))
  for (const file of files)
    await symlink(relative(libraries, join(deps, 'nvidia', file)), join(libraries, basename(file)))
}

/** The requirements of a wheel's extra `and-cuda`, as pip takes them. @throws GankitError when it names none */
export async function cudaRequirements(python: Call, wheel: string, signal?: AbortSignal): Promise<string[]> {
  const script = `import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
name = next(name for name in wheel.namelist() if name.endswith('.dist-info/METADATA'))
print(wheel.read(name).decode())`
  const [program, ...words] = python
  const ended = await runProgram(program, [...words, '-c', script, wheel], { signal })
  if (ended.code !== 0) throw installError(`${wheel} can't be read: ${whyOf(ended)}`)
  const requirements = requirementsOf(ended.stdout, 'and-cuda')
  if (requirements.length === 0) throw installError(`${wheel} names no CUDA packages`)
  return requirements
}

/** What a wheel's METADATA requires for one of its extras. */
export function requirementsOf(metadata: string, extra: string): string[] {
  return [...metadata.matchAll(/^Requires-Dist: *([^;\n]+);[^\n]*extra *== *['"]([^'"]+)['"]/gm)]
    .filter(match => match[2] === extra)
    .map(match => match[1]!.trim())
}
