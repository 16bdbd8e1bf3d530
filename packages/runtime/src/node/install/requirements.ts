import { existsSync, realpathSync } from 'node:fs'
import { mkdir, statfs } from 'node:fs/promises'
import { basename, delimiter, dirname, join } from 'node:path'
import { GankitError } from '@gankit/core'
import { howToGet, type Need } from './how-to-get.ts'
import { runProgram } from './run-program.ts'

/** A program and the words that always stand before its arguments. */
export type Call = readonly [program: string, ...words: string[]]

/** The programs that an install uses. */
export interface Tools {
  readonly python: Call
  readonly npm: Call
  /** The C++ compiler. */
  readonly compiler: string
}

/** Oldest Python whose pip and zipfile are known to do. */
const oldest = [3, 9] as const

/**
 * Finds the programs that an install needs.
 * @throws GankitError that names all that are missing, and what to type to get them
 */
export async function findTools(signal?: AbortSignal): Promise<Tools> {
  const missing = new Map<Need, string>()
  const python = await findPython(signal)
  if (!python) missing.set('python', `Python ${oldest.join('.')} or newer`)
  else if (!(await succeeds([...python, '-m', 'pip', '--version'], signal)))
    missing.set('pip', `pip for ${python.join(' ')}`)
  const compiler = await findCompiler(signal)
  if (!compiler) missing.set('compiler', 'a C++ compiler')
  // On a Mac they come together; on Windows node-gyp calls MSBuild.
  if (process.platform === 'linux' && !onPath('make')) missing.set('make', 'make')
  const npm = findNpm()
  if (!npm) missing.set('npm', 'npm')
  if (python && compiler && npm && missing.size === 0) return { python, compiler, npm }
  throw new GankitError(
    'runtime',
    'backend',
    `native TensorFlow can't be built: ${[...missing.values()].join(', ')} not found. To get what is missing: ${howToGet([...missing.keys()])}. Nothing was changed`,
  )
}

/**
 * Makes a folder, and checks that there is room in it.
 * @throws GankitError when it can't be made, or has not enough free bytes
 */
export async function checkRoom(folder: string, gigabytes: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
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

async function findPython(signal?: AbortSignal): Promise<Call | undefined> {
  const named = process.env['GANKIT_PYTHON']
  const calls: Call[] = named ? [[named]] : [['python3'], ['python'], ['py', '-3']]
  const test = `import sys, zipfile; sys.exit(sys.version_info < (${oldest.join(', ')}))`
  for (const call of calls) if (await succeeds([...call, '-c', test], signal)) return call
  if (named)
    throw new GankitError(
      'runtime',
      'option',
      `GANKIT_PYTHON is '${named}', expected the path of Python ${oldest.join('.')} or newer`,
    )
  return undefined
}

async function findCompiler(signal?: AbortSignal): Promise<string | undefined> {
  if (process.platform === 'win32') return 'MSBuild'
  // A Mac without the tools has programs of these names that only ask to install them.
  if (process.platform === 'darwin' && !(await succeeds(['xcode-select', '-p'], signal))) return undefined
  const named = process.env['CXX']
  if (named) return named
  return ['g++', 'clang++', 'c++'].find(onPath)
}

/** npm's own script, run by the Node at hand: its wrappers need a shell on Windows and a PATH elsewhere. */
function findNpm(): Call | undefined {
  const script = ['node_modules', 'npm', 'bin', 'npm-cli.js']
  const beside = dirname(process.execPath)
  const found = onPath('npm')
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

/** The path of a program that the shell would find. */
export function onPath(name: string): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(folder => folder !== '')
    .flatMap(folder => endings.map(ending => join(folder, `${name}${ending}`)))
    .find(path => existsSync(path))
}

async function succeeds([program, ...args]: Call, signal?: AbortSignal): Promise<boolean> {
  try {
    return (await runProgram(program, args, { signal, seconds: 20 })).code === 0
  } catch {
    signal?.throwIfAborted()
    return false
  }
}
