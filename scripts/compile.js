// Compiles the sources of a checkout for its command and for scripts that tests run: once, and again where one has
// changed. Every package becomes what its build would be, with the same entries and chunks in one folder beside src, so
// workers and data files are found.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { requiringModule } from './requiring-module.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const prefix = '.compiled-'

/**
 * Compiles every package that would be published, unless that is done. Two processes may do so at once.
 * @returns the name of the folder, the same in each package
 */
export async function compile() {
  const packages = readPackages()
  const name = `${prefix}${fingerprint(packages)}`
  const command = packages.find(({ folder }) => folder === join(root, 'packages/cli'))
  if (existsSync(join(command.folder, name))) return name
  const unlock = await takeTurn(() => existsSync(join(command.folder, name)))
  if (!unlock) return name
  try {
    await compileAll(packages, command, name)
  } finally {
    unlock()
  }
  return name
}

/**
 * Compiles the script of a test, which starts in a third of the time that Node takes to load the sources one by one. What
 * the script imports of packages is what the command runs; other modules become a part of the script.
 * @returns the path of what Node is to run, named after the script
 */
export async function compileScript(file) {
  const packages = readPackages()
  const name = await compile()
  const folder = findPackage(dirname(file))
  const outfile = join(folder, '.results', name.slice(1), `${basename(file)}-${process.pid}.js`)
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    ...target,
    entryPoints: [file],
    absWorkingDir: folder,
    outfile,
    sourcemap: 'inline',
    write: false,
    plugins: [gankitPlugin(folder, packages, name)],
  })
  mkdirSync(dirname(outfile), { recursive: true })
  writeFileSync(outfile, outputFiles[0].contents)
  return outfile
}

function findPackage(folder) {
  return existsSync(join(folder, 'package.json')) ? folder : findPackage(dirname(folder))
}

async function compileAll(packages, command, name) {
  const aside = `${name}-${process.pid}`
  const { build } = await import('esbuild')
  await bundleRegistrations(build, aside) // Building the others requires TensorFlow.js, to list its names.
  await Promise.all(packages.map(one => build(options(one, packages, { name, aside }))))
  // The command's own folder comes last: where it is, the others are.
  for (const { folder } of [...packages.filter(one => one !== command), command])
    moveUnlessThere(join(folder, aside), join(folder, name))
  for (const { folder } of packages) removeOld(folder, name)
}

const tfjsParts = join(root, 'scripts/tfjs-parts')

/** Core keeps its gradients in modules that Node can't require: they become one that it can, as in @tensorflow/tfjs. */
async function bundleRegistrations(build, aside) {
  const outfile = join(tfjsParts, 'dist', `${aside}.cjs`)
  const entryPoints = [join(tfjsParts, 'registrations.js')]
  await build({
    entryPoints,
    outfile,
    absWorkingDir: tfjsParts,
    bundle: true,
    platform: 'node',
    logLevel: 'silent',
  })
  renameSync(outfile, join(tfjsParts, 'dist/registrations.cjs'))
}

/**
 * Waits until no other process compiles: ten at once would take all memory.
 * @param isDone whether another process has done the work meanwhile
 * @returns what ends this process's turn; undefined where the work is done
 */
async function takeTurn(isDone) {
  const lock = join(root, 'node_modules/.gankit-compiling')
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      if (isDone()) rmSync(lock, { force: true })
      return isDone() ? undefined : () => rmSync(lock, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (isDone()) return undefined
    if (!isAlive(lock)) rmSync(lock, { force: true })
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

/** Whether the process that a lock names is still running; a lock that is gone or empty is looked at again. */
function isAlive(lock) {
  try {
    const id = Number(readFileSync(lock, 'utf8'))
    return id === 0 || process.kill(id, 0)
  } catch (error) {
    return error.code === 'EPERM' || error.code === 'ENOENT'
  }
}

/** The packages that would be published with code for Node: their folders, names, and entries by specifier. */
function readPackages() {
  return ['packages', 'apps'].flatMap(group =>
    readdirSync(join(root, group)).flatMap(name => {
      const folder = join(root, group, name)
      if (!existsSync(join(folder, 'package.json'))) return []
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      if (manifest.private) return []
      const sources = readdirSync(join(folder, 'src'), { recursive: true })
        .filter(file => file.endsWith('.ts'))
        .map(file => join(folder, 'src', file))
        .sort()
      const exports = Object.entries(manifest.exports)
        .filter(([, target]) => target['@gankit/source'])
        .map(([entry, target]) => [manifest.name + entry.slice(1), join(folder, target['@gankit/source'])])
      // A page is built by a bundler of its own.
      if (exports.length === 0) return []
      return [{ folder, sources, exports: new Map(exports) }]
    }),
  )
}

/** Of every source its path, size and time of change; and what else the result depends on. */
function fingerprint(packages) {
  const hash = createHash('sha256').update(root)
  const scripts = ['compile.js', 'requiring-module.js', 'tfjs-parts/registrations.js'].map(name =>
    join(root, 'scripts', name),
  )
  const manifests = packages.map(({ folder }) => join(folder, 'package.json'))
  const sources = packages.flatMap(one => one.sources)
  for (const file of [...scripts, join(root, 'pnpm-lock.yaml'), ...manifests, ...sources]) {
    const { size, mtimeMs } = statSync(file)
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex').slice(0, 12)
}

const target = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcesContent: false,
  logLevel: 'silent',
}

function options({ folder, sources, exports }, packages, { name, aside }) {
  const threads = sources.filter(file => file.endsWith('-worker.ts'))
  const main = sources.filter(file => file === join(folder, 'src/main.ts'))
  return {
    ...target,
    entryPoints: [...exports.values(), ...threads, ...main],
    // Not where the command was typed: esbuild lists the working folder, which may hold millions of files.
    absWorkingDir: folder,
    outbase: join(folder, 'src'),
    outdir: join(folder, aside),
    splitting: true,
    sourcemap: true,
    plugins: [gankitPlugin(folder, packages, name)],
  }
}

/** Has a package, or a script in it, import what packages become, and require TensorFlow.js. */
function gankitPlugin(folder, packages, name) {
  const others = new Map(
    packages.flatMap(other =>
      [...other.exports].map(([entry, source]) => [entry, compiled(other, source, name)]),
    ),
  )
  // A script beside the sources of its package imports them by their paths.
  const entries = new Map(
    packages.flatMap(other =>
      [...other.exports.values()].map(source => [source, compiled(other, source, name)]),
    ),
  )
  const sources = join(folder, 'src/')
  return {
    name: 'gankit',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^@gankit\// }, ({ path }) =>
        others.has(path) ? { path: others.get(path), external: true } : undefined,
      )
      onResolve({ filter: /^\.\.?\// }, ({ path, importer, resolveDir }) => {
        const address = !importer.startsWith(sources) && entries.get(resolve(resolveDir, path))
        return address ? { path: address, external: true } : undefined
      })
      onResolve({ filter: /^@tensorflow\/[\w-]+$/, namespace: 'file' }, ({ path, kind, importer }) => {
        if (kind !== 'import-statement') return undefined
        const shared = path === '@tensorflow/tfjs' && importer !== join(root, 'packages/core/src/tfjs.ts')
        return shared
          ? { path: others.get('@gankit/core/tfjs'), external: true }
          : { path, namespace: 'required' }
      })
      const require = createRequire(join(folder, 'package.json'))
      onLoad({ filter: /./, namespace: 'required' }, ({ path }) => ({
        contents: requiringModule(path, require),
      }))
    },
  }
}

/** The address of what a source becomes. */
function compiled({ folder }, source, name) {
  const file = relative(join(folder, 'src'), source).replace(/\.ts$/, '.js')
  return pathToFileURL(join(folder, name, file)).href
}

function moveUnlessThere(from, to) {
  try {
    renameSync(from, to)
  } catch (error) {
    // Another process has compiled the same sources meanwhile.
    if (!existsSync(to)) throw error
    rmSync(from, { recursive: true, force: true })
  }
}

/** Removes what was compiled from older sources, but for what a long training may still import from. */
function removeOld(folder, name) {
  const threeDays = 3 * 24 * 3600 * 1000
  for (const other of readdirSync(folder).filter(other => other.startsWith(prefix) && other !== name)) {
    const path = join(folder, other)
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity }
    if (Date.now() - mtimeMs > threeDays) rmSync(path, { recursive: true, force: true })
  }
}
