import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildContext } from './build-context.ts'
import { createInstallError, explainFailure } from './failure.ts'
import { type Command, findOnPath } from './requirements.ts'
import { type ProgramResult, runProgram } from './run-program.ts'
import type { WheelPlan } from './wheel-plan.ts'

/** Pythons for which TensorFlow has wheels. No Python of a wheel is run, so any of them will do. */
const pythons = ['3.13', '3.12', '3.11', '3.10']

/**
 * Downloads wheels, without their dependencies, with pip and its configured index.
 * @param wanted requirements such as 'tensorflow==2.21.0'
 * @param tags platforms to request where pip has no wheel for the installed Python
 * @returns the paths of the wheels
 * @throws GankitError with pip's message
 */
export async function downloadWheels(
  python: Command,
  wanted: readonly string[],
  tags: readonly string[],
  { folder, signal, report }: BuildContext,
): Promise<string[]> {
  const target = join(folder, 'wheels')
  const unpacking = join(folder, 'pip')
  await rm(target, { recursive: true, force: true })
  await mkdir(unpacking, { recursive: true })
  const [program, ...words] = python
  const download = (options: readonly string[]): Promise<ProgramResult> =>
    runProgram(
      program,
      [
        ...words,
        ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--progress-bar=off'],
        ...['--disable-pip-version-check', '--dest', target],
        ...options,
        ...wanted,
      ],
      {
        signal,
        env: { TMPDIR: unpacking, TEMP: unpacking, TMP: unpacking },
        growing: { folder, seconds: { first: 300, next: 300 }, report: bytes => report({ bytes }) },
      },
    )
  const platforms = tags.flatMap(tag => ['--platform', tag])
  const first = await download([])
  let last = first
  for (const version of pythons) {
    if (last.code === 0 || last.stopped || !/No matching distribution/.test(last.stderr)) break
    last = await download(['--implementation=cp', '--python-version', version, ...platforms])
  }
  if (last.code !== 0) throw createInstallError(`pip has no ${wanted.join(', ')}: ${explainFailure(first)}`)
  return (await readdir(target)).map(name => join(target, name))
}

/** Unpacks the members of a wheel whose paths match, and deletes the wheel. @throws GankitError for a damaged wheel */
export async function unpackWheel(
  python: Command,
  wheel: string,
  members: RegExp,
  target: string,
  { folder, signal, report }: BuildContext,
): Promise<void> {
  const script = `import re, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
for name in wheel.namelist():
    if re.search(sys.argv[2], name):
        wheel.extract(name, sys.argv[3])`
  const [program, ...words] = python
  const ended = await runProgram(program, [...words, '-c', script, wheel, members.source, target], {
    signal,
    growing: { folder, seconds: { first: 120, next: 120 }, report: bytes => report({ bytes }) },
  })
  if (ended.code !== 0) throw createInstallError(`${wheel} can't be unpacked: ${explainFailure(ended)}`)
  await rm(wheel)
}

/** Moves headers and libraries of an unpacked wheel to where the addon's build looks for them. */
export async function stageWheel(
  unpacked: string,
  deps: string,
  plan: WheelPlan,
  signal?: AbortSignal,
): Promise<void> {
  const from = join(unpacked, 'tensorflow')
  const libraries = join(deps, 'lib')
  await mkdir(libraries, { recursive: true })
  await rename(join(from, 'include'), join(deps, 'include'))
  for (const name of await readdir(from)) {
    await rename(join(from, name), join(libraries, name))
    await stripSymbols(join(libraries, name), signal)
  }
  for (const [link, library] of Object.entries(plan.links)) await symlink(library, join(libraries, link))
  if (process.platform === 'darwin') await renameForLinker(libraries, signal)
}

/** Removes the symbols for debuggers, a quarter of the library, where the program `strip` is installed. */
async function stripSymbols(library: string, signal?: AbortSignal): Promise<void> {
  if (process.platform === 'linux' && findOnPath('strip'))
    await runProgram('strip', ['--strip-unneeded', library], { signal })
}

/** Gives a library the name that tfjs-node's build replaces by a path; the changed library needs a new signature. */
async function renameForLinker(libraries: string, signal?: AbortSignal): Promise<void> {
  const library = join(libraries, 'libtensorflow_cc.2.dylib')
  await runProgram('install_name_tool', ['-id', '@rpath/libtensorflow.2.dylib', library], { signal })
  await runProgram('codesign', ['--force', '--sign', '-', library], { signal })
}
