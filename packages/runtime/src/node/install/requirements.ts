import { existsSync, realpathSync } from 'node:fs'
import { chmod, mkdir, statfs } from 'node:fs/promises'
import { basename, delimiter, dirname, join } from 'node:path'
import { GankitError } from '@gankit/core'
import { type Need, suggestInstall } from './how-to-get.ts'
import { runProgram } from './run-program.ts'

/** A program and its first arguments. */
export type Command = readonly [program: string, ...words: string[]]

/** The programs that an install uses. */
export interface Tools {
  readonly python: Command
  readonly npm: Command
  /** The C++ compiler. */
  readonly compiler: string
}

/** The oldest Python whose pip and zipfile are known to suffice. */
const minPython = [3, 9] as const

/**
 * Finds the programs that an install needs.
 * @throws GankitError that names all missing programs and the commands that install them
 */
export async function findTools(signal?: AbortSignal): Promise<Tools> {
  const missing = new Map<Need, string>()
  const python = await findPython(signal)
  if (!python) missing.set('python', `Python ${minPython.join('.')} or newer`)
  else if (!(await succeeds([...python, '-m', 'pip', '--version'], signal)))
    missing.set('pip', `pip for ${python.join(' ')}`)
  const compiler = await findCompiler(signal)
  if (!compiler) missing.set('compiler', 'a C++ compiler')
  // A Mac's compiler comes with make; on Windows node-gyp calls MSBuild.
  if (process.platform === 'linux' && !findOnPath('make')) missing.set('make', 'make')
  const npm = findNpm()
  if (!npm) missing.set('npm', 'npm')
  if (python && compiler && npm && missing.size === 0) return { python, compiler, npm }
  throw new GankitError(
    'runtime',
    'backend',
    `native TensorFlow can't be built: ${[...missing.values()].join(', ')} not found. To get what is missing: ${suggestInstall([...missing.keys()])}. Nothing was changed`,
  )
}

/**
 * Creates a folder that is this user's alone, and checks the free space on its disk.
 * @throws GankitError where the folder can't be created or the disk has too little space
 */
export async function checkFreeSpace(folder: string, gigabytes: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new GankitError(
      'runtime',
      'file',
      `folder ${folder} can't be made (${code}), expected a place for native TensorFlow: set GANKIT_CACHE to a folder of yours`,
    )
  }
  const { bavail, bsize } = await statfs(folder)
  const free = (bavail * bsize) / 1e9
  if (free < gigabytes)
    throw new GankitError(
      'runtime',
      'file',
      `${free.toFixed(1)} GB are free in ${folder}, expected ${gigabytes} GB: make room, or set GANKIT_CACHE to a folder on another disk`,
    )
}

async function findPython(signal?: AbortSignal): Promise<Command | undefined> {
  const named = process.env['GANKIT_PYTHON']
  const calls: Command[] = named ? [[named]] : [['python3'], ['python'], ['py', '-3']]
  const test = `import sys, zipfile; sys.exit(sys.version_info < (${minPython.join(', ')}))`
  for (const call of calls) if (await succeeds([...call, '-c', test], signal)) return call
  if (named)
    throw new GankitError(
      'runtime',
      'option',
      `GANKIT_PYTHON is '${named}', expected the path of Python ${minPython.join('.')} or newer`,
    )
  return undefined
}

async function findCompiler(signal?: AbortSignal): Promise<string | undefined> {
  if (process.platform === 'win32') return 'MSBuild'
  // On a Mac without the developer tools, programs of these names only offer to install the tools.
  if (process.platform === 'darwin' && !(await succeeds(['xcode-select', '-p'], signal))) return undefined
  const named = process.env['CXX']
  if (named) return named
  return ['g++', 'clang++', 'c++'].find(findOnPath)
}

/** npm's own script, run by this Node: npm's wrappers need a shell on Windows and a PATH elsewhere. */
function findNpm(): Command | undefined {
  const script = ['node_modules', 'npm', 'bin', 'npm-cli.js']
  const beside = dirname(process.execPath)
  const found = findOnPath('npm')
  const real = found && realpathSync(found)
  const places = [
    ...(real && basename(real) === 'npm-cli.js' ? [real] : []),
    ...(found ? [join(dirname(found), ...script)] : []),
    join(beside, ...script),
    join(beside, '..', 'lib', ...script),
    join(beside, '..', 'share', 'nodejs', ...script.slice(1)),
  ]
  const path = places.find(place => existsSync(place))
  if (path) return [process.execPath, path]
  return found && process.platform !== 'win32' ? [found] : undefined
}

/** The path of the program that a shell would run. */
export function findOnPath(name: string): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(folder => folder !== '')
    .flatMap(folder => endings.map(ending => join(folder, `${name}${ending}`)))
    .find(path => existsSync(path))
}

async function succeeds([program, ...args]: Command, signal?: AbortSignal): Promise<boolean> {
  try {
    return (await runProgram(program, args, { signal, seconds: 20 })).code === 0
  } catch {
    signal?.throwIfAborted()
    return false
  }
}
