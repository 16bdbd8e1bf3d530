import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { GankitError } from '@gankit/core'
import type { App } from '../app.ts'
import { type InstalledApp, listApps, readManifest } from './app-packages.ts'

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
