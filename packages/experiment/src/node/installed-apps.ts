import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { GankitError } from '@gankit/core'
import type { App } from '../app.ts'

/** A package whose package.json says `"gankit": { "app": true }`. */
export interface InstalledApp {
  /** The package's name without its scope. */
  readonly name: string
  /** The package's name: '@gankit/mnist-digits'. */
  readonly packageName: string
  readonly folder: string
}

interface Manifest {
  readonly name?: unknown
  readonly gankit?: { readonly app?: unknown }
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** The apps found from each working folder, so that no folder is searched twice. */
const found = new Map<string, readonly InstalledApp[]>()

/** The apps that are installed for the working folder, or beside this package. */
export function listApps(): readonly InstalledApp[] {
  const here = process.cwd()
  const known = found.get(here) ?? searchApps(here)
  found.set(here, known)
  return known
}

/** Whether an app of that name is installed. */
export function hasApp(name: string): boolean {
  return listApps().some(app => app.name === name)
}

/** An installed app. @throws GankitError that lists the apps, and when two packages have that name */
export function findApp(name: string | undefined): InstalledApp {
  const apps = listApps()
  const [app, other] = apps.filter(app => app.name === name)
  if (!app) {
    const known = apps.map(app => app.name).sort()
    throw new GankitError(
      'experiment',
      'option',
      `${name === undefined ? 'no app is named' : `app is '${name}'`}, expected one of: ${known.join(', ') || 'none is installed'}`,
    )
  }
  if (other)
    throw new GankitError(
      'experiment',
      'option',
      `app '${name}' is installed twice, as ${app.folder} and ${other.folder}, expected one: uninstall the other`,
    )
  return app
}

/** Loads an app by its name. @throws GankitError as `findApp` does, and for a package that exports no app of its name */
export async function loadApp(name: string | undefined): Promise<App> {
  const { folder, ...installed } = findApp(name)
  const { exports } = readManifest(join(folder, 'package.json'))!
  // A checkout's command runs what it has compiled, in a folder of that name in each package of its own.
  const compiled = process.env['GANKIT_COMPILED'] ?? 'dist'
  const built = exports?.['.']?.['default']
  const inCompiled = built?.replace('./dist/', `./${compiled}/`)
  const entry = inCompiled && existsSync(join(folder, inCompiled)) ? inCompiled : built
  const module = entry
    ? ((await import(pathToFileURL(join(realpathSync(folder), entry)).href)) as { app?: Partial<App> })
    : undefined
  if (module?.app?.name === installed.name) return module.app as App
  const got = module?.app ? `an app named '${module.app.name}'` : 'no app'
  throw new GankitError(
    'experiment',
    'data',
    `${folder} exports ${got}, expected '${installed.name}': export { app } from its main module, with the name of the package`,
  )
}

/** Of a package that is installed several times the nearest counts, as for `import`. */
function searchApps(workingFolder: string): readonly InstalledApp[] {
  const apps = new Map<string, InstalledApp>()
  for (const start of [workingFolder, dirname(fileURLToPath(import.meta.url))])
    for (let folder = start; ; folder = dirname(folder)) {
      for (const app of searchNodeModules(join(folder, 'node_modules')))
        if (!apps.has(app.packageName)) apps.set(app.packageName, app)
      if (dirname(folder) === folder) break
    }
  return [...apps.values()]
}

function searchNodeModules(folder: string): InstalledApp[] {
  const packages = listFolder(folder).flatMap(name =>
    name.startsWith('@') ? listFolder(join(folder, name)).map(inScope => join(name, inScope)) : [name],
  )
  return packages.flatMap(name => {
    const { name: packageName, gankit } = readManifest(join(folder, name, 'package.json')) ?? {}
    if (typeof packageName !== 'string' || gankit?.app !== true) return []
    return [{ name: packageName.replace(/^@[^/]*\//, ''), packageName, folder: join(folder, name) }]
  })
}

function listFolder(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter(name => !name.startsWith('.'))
}

/** A package's manifest; undefined for a folder without one, and for a manifest that says nothing about gankit. */
function readManifest(path: string): Manifest | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    // Most packages of a project are no apps: their manifests need no parsing.
    return text.includes('"gankit"') ? (JSON.parse(text) as Manifest) : undefined
  } catch {
    return undefined
  }
}
