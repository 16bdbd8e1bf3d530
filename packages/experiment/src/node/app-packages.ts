import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Which apps there are, without loading one of them or TensorFlow.js: `gankit --help` names them.

/** A package whose package.json says `"gankit": { "app": true }`. */
export interface InstalledApp {
  /** The package's name without its scope. */
  readonly name: string
  /** The package's name: '@gankit/mnist-digits'. */
  readonly packageName: string
  readonly folder: string
  /** The package's description: one line, or nothing. */
  readonly description: string
}

/** What the search reads of a package.json. */
export interface Manifest {
  readonly name?: unknown
  readonly description?: unknown
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
    const { name: packageName, description, gankit } = readManifest(join(folder, name, 'package.json')) ?? {}
    if (typeof packageName !== 'string' || gankit?.app !== true) return []
    return [
      {
        name: packageName.replace(/^@[^/]*\//, ''),
        packageName,
        folder: join(folder, name),
        description: typeof description === 'string' ? description : '',
      },
    ]
  })
}

function listFolder(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter(name => !name.startsWith('.'))
}

/** A package's manifest; undefined for a folder without one, and for a manifest that says nothing about gankit. */
export function readManifest(path: string): Manifest | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    // Most packages of a project are no apps: their manifests need no parsing.
    return text.includes('"gankit"') ? (JSON.parse(text) as Manifest) : undefined
  } catch {
    return undefined
  }
}
