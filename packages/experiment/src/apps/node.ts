import { readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPackage, listPackages, listProjects } from '@gankit/core/node'
import type { resolveExports } from 'resolve-pkg-maps'

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
  readonly exports?: Parameters<typeof resolveExports>[0]
  readonly main?: unknown
}

/** The apps found from each working folder, so that no folder is searched twice. */
const found = new Map<string, readonly InstalledApp[]>()

/** The apps that the project around the working folder names, and those that are installed beside this package. */
export function listApps(): readonly InstalledApp[] {
  const here = process.cwd()
  const known = found.get(here) ?? searchApps()
  found.set(here, known)
  return known
}

/** Whether a person means the folder of an app: './my-app', '../my-app', '/home/me/my-app'. */
export function isAppPath(text: string): boolean {
  return /^\.{1,2}([\\/]|$)/.test(text) || isAbsolute(text)
}

/** Whether a text is the path of an app's folder. */
export function isAppFolder(text: string): boolean {
  return isAppPath(text) && readApp(resolve(text)) !== undefined
}

/** Of a package that is installed several times the nearest counts, as for `import`. */
function searchApps(): readonly InstalledApp[] {
  const apps = new Map<string, InstalledApp>()
  for (const project of listProjects(fileURLToPath(import.meta.url)))
    for (const name of listPackages(project)) {
      const folder = findPackage(name, [project])
      const app = folder && readApp(folder)
      if (app && !apps.has(app.packageName)) apps.set(app.packageName, app)
    }
  return [...apps.values()]
}

/** The app in a folder; undefined where there is none. */
export function readApp(folder: string): InstalledApp | undefined {
  const { name, description, gankit } = readManifest(join(folder, 'package.json')) ?? {}
  if (typeof name !== 'string' || gankit?.app !== true) return undefined
  return {
    name: name.replace(/^@[^/]*\//, ''),
    packageName: name,
    folder,
    description: typeof description === 'string' ? description : '',
  }
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
