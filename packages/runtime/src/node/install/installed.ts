import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { join } from 'node:path'
import util from 'node:util'
import { isGankitError } from '@gankit/core'
import { cacheFolder, type Surroundings } from '@gankit/core/node'

/** The folder for native TensorFlow: `native` in gankit's cache folder. */
export function nativeCacheFolder(surroundings?: Surroundings): string {
  return join(cacheFolder(surroundings), 'native')
}

/** What `gankit backends install native` installed; its gankit.json in the cache folder. */
export interface NativeInstall {
  /** Absolute path of the folder that holds all of it. */
  readonly folder: string
  readonly package: '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu'
  /** Version of that package. */
  readonly version: string
  /** Version of libtensorflow. */
  readonly tensorflow: string
  /** 'release': what tfjs-node downloads itself; 'wheel': built against a wheel from pip. */
  readonly source: 'release' | 'wheel'
  readonly platform: string
  readonly arch: string
  /** Size on disk. */
  readonly bytes: number
}

/** The file in which an install describes itself. */
export const recordName = 'gankit.json'

/** The folder for native TensorFlow; undefined for a user who has no place for it, and so has none. */
function findNativeFolder(): string | undefined {
  try {
    return nativeCacheFolder()
  } catch (error) {
    if (isGankitError(error)) return undefined
    throw error
  }
}

/**
 * Why the libraries in a folder are not loaded: somebody else can change them, and they run with the rights of whoever
 * loads them. Undefined for a folder that is this user's alone, and where there is none.
 */
export function explainDistrust(root: string | undefined = findNativeFolder()): string | undefined {
  const found = root === undefined ? undefined : lstatSync(root, { throwIfNoEntry: false })
  // Windows has no such modes; its folders of a user are closed to others.
  if (!found || process.platform === 'win32') return undefined
  if (!found.isDirectory())
    return `${root} is no folder, expected one of this user: delete it, and install it anew`
  if (found.uid !== process.getuid?.())
    return `${root} is of user ${found.uid}, expected user ${process.getuid?.()}, who runs this: set GANKIT_CACHE to a folder of that user`
  if ((found.mode & 0o022) !== 0)
    return `${root} can be written by other users: see that nobody has changed it, then chmod 700 it`
  return undefined
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

const packageNames: readonly string[] = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu']

/** What an install says of itself; undefined where that is missing, or damaged. */
function readRecord(path: string): Omit<NativeInstall, 'folder'> | undefined {
  try {
    const record = JSON.parse(readFileSync(path, 'utf8')) as NativeInstall
    return packageNames.includes(record.package) ? record : undefined
  } catch {
    return undefined
  }
}

/** The installs for this platform, those for GPUs first. An install that can't be read counts as missing. */
export function listNativeInstalls(root: string | undefined = findNativeFolder()): NativeInstall[] {
  if (root === undefined || explainDistrust(root) !== undefined) return []
  const found: NativeInstall[] = []
  for (const name of listFolder(root)) {
    const folder = join(root, name)
    const record = readRecord(join(folder, recordName))
    const isFolder = lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()
    if (isFolder && record?.platform === process.platform && record.arch === process.arch)
      found.push({ ...record, folder })
  }
  return found.sort((a, b) => Number(b.package.endsWith('-gpu')) - Number(a.package.endsWith('-gpu')))
}

/** The folder of the installed tfjs-node or tfjs-node-gpu, for `requireWithSharedTfjs`; undefined where neither is installed. */
export function findInstalledNative(): string | undefined {
  const [first] = listNativeInstalls()
  return first && packageFolder(first)
}

/** The folder of the package inside an install. */
export function packageFolder({ folder, package: name }: Pick<NativeInstall, 'folder' | 'package'>): string {
  return join(folder, 'node_modules', name)
}

/**
 * Requires the package in a folder, which then shares gankit's copies of TensorFlow.js: a backend that registers itself in
 * another copy would never be seen.
 */
export function requireWithSharedTfjs(folder: string): unknown {
  prepareProcess()
  const ours = createRequire(createRequire(import.meta.url).resolve('@tensorflow/tfjs'))
  const loader = Module as unknown as { _resolveFilename(request: string, ...rest: unknown[]): string }
  const resolve = loader._resolveFilename
  const sharing: typeof resolve = function (this: unknown, request, ...rest) {
    if (!isTfjs.test(request)) return resolve.call(this, request, ...rest)
    // Its own lookups must not end up here again.
    loader._resolveFilename = resolve
    try {
      return ours.resolve(request)
    } finally {
      loader._resolveFilename = sharing
    }
  }
  loader._resolveFilename = sharing
  try {
    return createRequire(join(folder, 'package.json'))(folder)
  } finally {
    loader._resolveFilename = resolve
  }
}

/** Sets what tfjs-node reads of the process while it loads. */
export function prepareProcess(): void {
  // tfjs-node's binding calls a function that Node 23 removed from util.
  const removed = util as { isNullOrUndefined?: (value: unknown) => boolean }
  removed.isNullOrUndefined ??= value => value === null || value === undefined
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'
}

const isTfjs = /^@tensorflow\/tfjs(-core|-layers|-data|-converter|-backend-cpu|-backend-webgl)?(\/|$)/
