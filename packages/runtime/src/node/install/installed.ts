import { existsSync, readdirSync, readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { join } from 'node:path'
import util from 'node:util'
import { nativeCacheFolder } from './cache-folder.ts'

/** What `gankit backends install native` left in the cache folder; kept beside it as gankit.json. */
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
  /** On disk. */
  readonly bytes: number
}

/** The file of an install that says what it is. */
export const recordName = 'gankit.json'

/** What is installed for this platform, that for GPUs first. What can't be read counts as not installed. */
export function nativeInstalls(root: string = nativeCacheFolder()): NativeInstall[] {
  if (!existsSync(root)) return []
  const found: NativeInstall[] = []
  for (const name of readdirSync(root).sort()) {
    const folder = join(root, name)
    try {
      const record = JSON.parse(readFileSync(join(folder, recordName), 'utf8')) as NativeInstall
      if (record.platform === process.platform && record.arch === process.arch)
        found.push({ ...record, folder })
    } catch {}
  }
  return found.sort((a, b) => Number(b.package.endsWith('-gpu')) - Number(a.package.endsWith('-gpu')))
}

/** The folder of the installed tfjs-node or tfjs-node-gpu, for `requireSharing`; undefined where there is none. */
export function installedNative(): string | undefined {
  const [first] = nativeInstalls()
  return first && packageFolder(first)
}

/** Where an install keeps the package itself. */
export function packageFolder({ folder, package: name }: Pick<NativeInstall, 'folder' | 'package'>): string {
  return join(folder, 'node_modules', name)
}

/**
 * Requires a package by its folder, and lets it and all that it loads share the copies of TensorFlow.js that gankit
 * uses: a backend that registers itself in another copy would never be seen.
 */
export function requireSharing(folder: string): unknown {
  // Its binding calls a function that Node 23 took out of util.
  const removed = util as { isNullOrUndefined?: (value: unknown) => boolean }
  removed.isNullOrUndefined ??= value => value === null || value === undefined
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'
  const ours = createRequire(createRequire(import.meta.url).resolve('@tensorflow/tfjs'))
  const loader = Module as unknown as { _resolveFilename(request: string, ...rest: unknown[]): string }
  const resolve = loader._resolveFilename
  const sharing: typeof resolve = function (this: unknown, request, ...rest) {
    if (!isTfjs.test(request)) return resolve.call(this, request, ...rest)
    // What it asks for itself comes through here as well.
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

const isTfjs = /^@tensorflow\/tfjs(-core|-layers|-data|-converter|-backend-cpu|-backend-webgl)?(\/|$)/
