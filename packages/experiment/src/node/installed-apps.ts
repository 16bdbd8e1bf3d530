import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { GankitError } from '@gankit/core'
import { resolveExports } from 'resolve-pkg-maps'
import type { App } from '../app.ts'
import {
  type InstalledApp,
  isAppPath,
  listApps,
  type Manifest,
  readApp,
  readManifest,
} from './app-packages.ts'

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
      `${name === undefined ? 'no app is named' : `app is '${name}'`}, expected one of: ${known.join(', ') || 'none is installed'}, or the folder of an app, such as ./my-app`,
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

/** The app in a folder that a person named. @throws GankitError for a folder that holds no app */
export function findAppAt(path: string): InstalledApp {
  const folder = resolve(path)
  const app = readApp(folder)
  if (app) return app
  throw new GankitError(
    'experiment',
    'option',
    `${path} holds no app, expected a package.json with a name and "gankit": { "app": true }`,
  )
}

/** Loads an app by its name. @throws GankitError as `findApp` does, and for a package that exports no app of its name */
export function loadApp(name: string | undefined): Promise<App> {
  return importApp(findApp(name))
}

/**
 * Loads an app by what a person typed: its name, or the path of its folder. What a run says is a name alone: a run that
 * somebody sent must not choose a folder whose code is run.
 * @throws GankitError as `findAppAt` and `loadApp` do
 */
export function openApp(nameOrPath: string | undefined): Promise<App> {
  return nameOrPath !== undefined && isAppPath(nameOrPath)
    ? importApp(findAppAt(nameOrPath))
    : loadApp(nameOrPath)
}

async function importApp({ folder, name }: InstalledApp): Promise<App> {
  const entry = findEntry(folder)
  const module = entry
    ? ((await import(pathToFileURL(realpathSync(join(folder, entry))).href)) as { app?: Partial<App> })
    : undefined
  if (module?.app?.name === name) return module.app as App
  const got = module?.app ? `an app named '${module.app.name}'` : 'no app'
  throw new GankitError(
    'experiment',
    'data',
    `${folder} exports ${got}, expected '${name}': export { app } from its main module, with the name of the package`,
  )
}

/** The main module of a package, as `import` would find it; undefined where there is none. */
function findEntry(folder: string): string | undefined {
  const { exports, main } = readManifest(join(folder, 'package.json'))!
  const entries =
    exports === undefined
      ? [typeof main === 'string' ? main : 'index.js']
      : readExports(exports).filter(entry => entry.startsWith('./'))
  // A checkout's command runs what it has compiled, in a folder of that name in each package of its own.
  const compiled = process.env['GANKIT_COMPILED'] ?? 'dist'
  return entries
    .flatMap(entry => [entry.replace(/^\.\/dist\//, `./${compiled}/`), entry])
    .find(entry => existsSync(join(folder, entry)))
}

function readExports(exports: NonNullable<Manifest['exports']>): string[] {
  try {
    return resolveExports(exports, '', ['node', 'import', 'module-sync', 'default'])
  } catch {
    // Exports without a main module.
    return []
  }
}
