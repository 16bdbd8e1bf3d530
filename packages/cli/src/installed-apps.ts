import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { GankitError } from '@gankit/core'
import type { App } from './app.ts'

/** Folders named `node_modules/@gankit` above the working folder and above this file, nearest first. */
function scopes(): string[] {
  const found: string[] = []
  for (const start of [process.cwd(), dirname(fileURLToPath(import.meta.url))])
    for (let folder = start; ; folder = dirname(folder)) {
      const scope = join(folder, 'node_modules', '@gankit')
      if (existsSync(scope)) found.push(scope)
      if (dirname(folder) === folder) break
    }
  return found
}

/** The apps that are installed, by name: packages of the scope whose package.json says `"gankit": { "app": true }`. */
function installedApps(): ReadonlyMap<string, string> {
  const apps = new Map<string, string>()
  for (const scope of scopes())
    for (const name of readdirSync(scope)) {
      const manifest = join(scope, name, 'package.json')
      if (apps.has(name) || !existsSync(manifest)) continue
      if (JSON.parse(readFileSync(manifest, 'utf8')).gankit?.app) apps.set(name, dirname(manifest))
    }
  return apps
}

/** Whether there is an app of that name. */
export function hasApp(name: string): boolean {
  return installedApps().has(name)
}

/** Loads an app by name. @throws GankitError that names the apps there are */
export async function loadApp(name: string | undefined): Promise<App> {
  const apps = installedApps()
  const folder = name === undefined ? undefined : apps.get(name)
  if (!folder) {
    const known = [...apps.keys()].sort().join(', ') || 'none is installed'
    throw new GankitError(
      'cli',
      'option',
      `${name === undefined ? 'no app is named' : `app is '${name}'`}, expected one of: ${known}`,
    )
  }
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  // A checkout's command runs what it has compiled, in a folder of that name in each package.
  const entry = exports['.'].default.replace('./dist/', `./${process.env['GANKIT_COMPILED'] ?? 'dist'}/`)
  const module = (await import(pathToFileURL(join(realpathSync(folder), entry)).href)) as { app: App }
  return module.app
}
