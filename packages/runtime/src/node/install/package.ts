import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { installError, whyOf } from './failure.ts'
import type { Tools } from './requirements.ts'
import { runProgram } from './run-program.ts'
import type { Workshop } from './workshop.ts'

/** Gets a package and what it needs from npm, and runs none of their scripts. @throws GankitError with what npm said */
export async function fetchPackage(
  { npm: [program, ...words] }: Tools,
  name: string,
  version: string,
  home: string,
  { signal, report }: Workshop,
): Promise<string> {
  // Its copies of TensorFlow.js are 280 MB, and gankit's own take their place.
  const tfjs = '@tensorflow/tfjs'
  await mkdir(join(home, 'empty'))
  await writeFile(join(home, 'empty', 'package.json'), JSON.stringify({ name: tfjs, version }))
  await writeFile(
    join(home, 'package.json'),
    JSON.stringify({ private: true, overrides: { [tfjs]: 'file:./empty' } }),
  )
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
  const ended = await runProgram(program, [...words, 'install', ...options, `${name}@${version}`], {
    signal,
    cwd: home,
    growing: { folder: home, seconds: { first: 300, next: 300 }, report: bytes => report({ bytes }) },
  })
  if (ended.code !== 0) throw installError(`npm can't fetch ${name}@${version}: ${whyOf(ended)}`)
  return join(home, 'node_modules', name)
}

/**
 * tfjs-node's own way: its install script fetches libtensorflow and the addon from Google's storage, where they can
 * be reached.
 * @returns why it failed, where it did
 */
export async function fetchRelease(
  { npm: [program, ...words] }: Tools,
  folder: string,
  { signal, report }: Workshop,
): Promise<string | undefined> {
  const ended = await runProgram(program, [...words, 'run', 'install'], {
    signal,
    cwd: folder,
    growing: { folder, seconds: { first: 15, next: 90 }, report: bytes => report({ bytes }) },
  })
  // Its script ends with 0 after some failures.
  if (ended.code === 0 && (await hasAddon(folder))) return undefined
  await rm(join(folder, 'deps'), { recursive: true, force: true })
  await rm(join(folder, 'lib'), { recursive: true, force: true })
  return whyOf(ended)
}

/** Compiles the addon against what is in deps/. @throws GankitError with what the compiler said */
export async function buildAddon(
  { npm: [program, ...words], python, compiler }: Tools,
  folder: string,
  { signal }: Workshop,
): Promise<void> {
  const headers = ownHeaders()
  const ended = await runProgram(program, [...words, 'run', 'build-addon-from-source'], {
    signal,
    cwd: folder,
    seconds: 600,
    env: {
      ...(process.platform === 'win32' ? {} : { CXX: compiler }),
      ...(python.length === 1 && { npm_config_python: python[0] }),
      ...(headers && { npm_config_nodedir: headers }),
    },
  })
  if (ended.code === 0 && (await hasAddon(folder))) return
  const offline = /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|FetchError|headers/.test(ended.stderr)
  const cure =
    offline && !headers
      ? "; Node's headers come from nodejs.org: set npm_config_nodedir to a folder that has include/node, or npm_config_disturl to a mirror"
      : ''
  throw installError(`the addon can't be built: ${whyOf(ended)}${cure}`)
}

/** Removes what only the install needed. */
export async function slimDown(folder: string): Promise<void> {
  const scope = dirname(folder)
  const others = (await readdir(scope)).map(name => join(scope, name)).filter(path => path !== folder)
  const parts = ['build', 'build-tmp-napi-v8', 'src', 'binding', join('deps', 'include')]
  const paths = [...others, ...parts.map(part => join(folder, part)), join(scope, '..', '..', 'empty')]
  await Promise.all(paths.map(path => rm(path, { recursive: true, force: true })))
}

async function hasAddon(folder: string): Promise<boolean> {
  const library = join(folder, 'lib')
  if (!existsSync(library)) return false
  return (await readdir(library, { recursive: true })).some(name => name.endsWith('tfjs_binding.node'))
}

/** Where the Node at hand brings its headers, they need no download. */
function ownHeaders(): string | undefined {
  const prefix = join(dirname(process.execPath), '..')
  const include = join(prefix, 'include', 'node')
  if (!['common.gypi', 'config.gypi', 'node_version.h'].every(name => existsSync(join(include, name))))
    return undefined
  const source = readFileSync(join(include, 'node_version.h'), 'utf8')
  const part = (name: string) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(source)?.[1]
  const version = ['MAJOR', 'MINOR', 'PATCH'].map(part).join('.')
  return version === process.versions.node ? prefix : undefined
}
