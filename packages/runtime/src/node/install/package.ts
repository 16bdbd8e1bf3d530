import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BuildContext } from './build-context.ts'
import { createInstallError, explainFailure } from './failure.ts'
import nativeLock from './native-lock.json' with { type: 'json' }
import type { Tools } from './requirements.ts'
import { runProgram } from './run-program.ts'

/**
 * Fetches a package and its dependencies from npm, and runs none of their scripts. Of the tested version npm takes only
 * files whose hashes are known.
 * @throws GankitError with npm's message
 */
export async function fetchPackage(
  { npm: [program, ...words] }: Tools,
  name: string,
  version: string,
  home: string,
  { signal, report }: BuildContext,
): Promise<string> {
  await writeProject(home, name, version)
  const isLocked = version === nativeLock.version
  if (isLocked) await writeLock(home, name)
  else
    report({
      note: `the hashes of ${name} ${version} are not known here: npm compares it with its registry's`,
    })
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const verb = isLocked ? ['ci'] : ['install', '--no-package-lock']
  const ended = await runProgram(program, [...words, ...verb, ...options], {
    signal,
    cwd: home,
    growing: { folder: home, seconds: { first: 300, next: 300 }, report: bytes => report({ bytes }) },
  })
  if (ended.code !== 0)
    throw createInstallError(
      /EINTEGRITY/.test(ended.stderr)
        ? `what npm fetched for ${name}@${version} has another hash than the published files: don't trust this registry or connection`
        : `npm can't fetch ${name}@${version}: ${explainFailure(ended)}`,
    )
  return join(home, 'node_modules', name)
}

const tfjs = '@tensorflow/tfjs'

/** A project that needs the package, with an empty one in place of its copy of TensorFlow.js (280 MB): it shares gankit's. */
async function writeProject(home: string, name: string, version: string): Promise<void> {
  await mkdir(join(home, 'empty'))
  await writeFile(join(home, 'empty', 'package.json'), JSON.stringify({ name: tfjs, version }))
  await writeFile(join(home, 'package.json'), JSON.stringify(describeProject(name, version)))
}

function describeProject(name: string, version: string) {
  const dependencies = { [tfjs]: 'file:./empty', [name]: version }
  return { private: true, dependencies, overrides: { [tfjs]: `$${tfjs}` } }
}

/** The part of the lock that is this package's: it has the entries of both packages. */
async function writeLock(home: string, name: string): Promise<void> {
  const { version, packages } = nativeLock
  const { dependencies } = describeProject(name, version)
  const isOther = (path: string) => /tfjs-node(-gpu)?$/.test(path) && path !== `node_modules/${name}`
  const own = Object.fromEntries(Object.entries(packages).filter(([path]) => !isOther(path)))
  const lock = { lockfileVersion: 3, requires: true, packages: { '': { dependencies }, ...own } }
  await writeFile(join(home, 'package-lock.json'), JSON.stringify(lock))
}

/**
 * Runs tfjs-node's own install script, which downloads libtensorflow and the addon from Google's storage.
 * @returns why the script failed; undefined where it succeeded
 */
export async function fetchRelease(
  { npm: [program, ...words] }: Tools,
  folder: string,
  { signal, report }: BuildContext,
): Promise<string | undefined> {
  const ended = await runProgram(program, [...words, 'run', 'install'], {
    signal,
    cwd: folder,
    growing: { folder, seconds: { first: 15, next: 90 }, report: bytes => report({ bytes }) },
  })
  // The script exits with 0 after some failures.
  if (ended.code === 0 && (await hasAddon(folder))) return undefined
  await rm(join(folder, 'deps'), { recursive: true, force: true })
  await rm(join(folder, 'lib'), { recursive: true, force: true })
  return explainFailure(ended)
}

/** Compiles the addon against the headers and libraries in deps/. @throws GankitError with the compiler's message */
export async function buildAddon(
  { npm: [program, ...words], python, compiler }: Tools,
  folder: string,
  { signal }: BuildContext,
): Promise<void> {
  const headers = findOwnHeaders()
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
  throw createInstallError(`the addon can't be built: ${explainFailure(ended)}${cure}`)
}

/** Removes the files that only the build needs. */
export async function removeBuildFiles(folder: string): Promise<void> {
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

/** The folder with the headers of the running Node, where they are installed; they need no download then. */
function findOwnHeaders(): string | undefined {
  const prefix = join(dirname(process.execPath), '..')
  const include = join(prefix, 'include', 'node')
  if (!['common.gypi', 'config.gypi', 'node_version.h'].every(name => existsSync(join(include, name))))
    return undefined
  const source = readFileSync(join(include, 'node_version.h'), 'utf8')
  const part = (name: string) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(source)?.[1]
  const version = ['MAJOR', 'MINOR', 'PATCH'].map(part).join('.')
  return version === process.versions.node ? prefix : undefined
}
