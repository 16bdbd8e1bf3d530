import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { installError, whyOf } from './failure.ts'
import { type Call, onPath } from './requirements.ts'
import { type Ended, runProgram } from './run-program.ts'
import type { WheelPlan } from './wheel-plan.ts'
import type { Workshop } from './workshop.ts'

/** Pythons for which there are wheels; none of their Python is run, so any of them does. */
const pythons = ['3.13', '3.12', '3.11', '3.10']

/**
 * Fetches wheels with pip, from whichever index it is configured for.
 * @param wanted requirements such as 'tensorflow==2.21.0', each without what it depends on
 * @returns the paths of the wheels
 * @throws GankitError with what pip said
 */
export async function fetchWheels(
  python: Call,
  wanted: readonly string[],
  tags: readonly string[],
  { folder, signal, report }: Workshop,
): Promise<string[]> {
  const target = join(folder, 'wheels')
  const unpacking = join(folder, 'pip')
  await rm(target, { recursive: true, force: true })
  await mkdir(unpacking, { recursive: true })
  const [program, ...words] = python
  const download = (options: readonly string[]): Promise<Ended> =>
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
  if (last.code !== 0) throw installError(`pip has no ${wanted.join(', ')}: ${whyOf(first)}`)
  return (await readdir(target)).map(name => join(target, name))
}

/** Unpacks the members of a wheel whose paths match, and deletes the wheel. @throws GankitError when it is damaged */
export async function unpack(
  python: Call,
  wheel: string,
  members: RegExp,
  target: string,
  { folder, signal, report }: Workshop,
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
  if (ended.code !== 0) throw installError(`${wheel} can't be unpacked: ${whyOf(ended)}`)
  await rm(wheel)
}

/** Puts headers and libraries of an unpacked wheel where the addon's build looks for them. */
export async function stage(
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
    await withoutSymbols(join(libraries, name), signal)
  }
  for (const [link, library] of Object.entries(plan.links)) await symlink(library, join(libraries, link))
  if (process.platform === 'darwin') await nameForLinker(libraries, signal)
}

/** A quarter of the library names functions for debuggers; without the program that removes them, they stay. */
async function withoutSymbols(library: string, signal?: AbortSignal): Promise<void> {
  if (process.platform === 'linux' && onPath('strip'))
    await runProgram('strip', ['--strip-unneeded', library], { signal })
}

/** tfjs-node's build replaces these two names by paths; a library changed so needs a new signature. */
async function nameForLinker(libraries: string, signal?: AbortSignal): Promise<void> {
  const library = join(libraries, 'libtensorflow_cc.2.dylib')
  await runProgram('install_name_tool', ['-id', '@rpath/libtensorflow.2.dylib', library], { signal })
  await runProgram('codesign', ['--force', '--sign', '-', library], { signal })
}
