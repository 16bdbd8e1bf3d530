import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { GankitError } from '../errors.ts'

/** What the choice of a cache folder depends on; the process's own unless a test says otherwise. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  /** Asked for where it is needed: in a container a user may have none. */
  readonly home: string | undefined
}

/**
 * Where downloads and what can be made anew are kept: GANKIT_CACHE where it is set, else `gankit` in the platform's
 * cache folder of this user: XDG_CACHE_HOME or ~/.cache, ~/Library/Caches, %LOCALAPPDATA%. An absolute path.
 * @throws GankitError for a user without a home folder, where no variable names another place
 */
export function cacheFolder(surroundings: Surroundings = here): string {
  const { env, platform } = surroundings
  const inHome = (...names: string[]) => join(requireHome(surroundings), ...names)
  if (env['GANKIT_CACHE']) return resolve(env['GANKIT_CACHE'])
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || inHome('AppData', 'Local'), 'gankit')
  if (platform === 'darwin') return inHome('Library', 'Caches', 'gankit')
  // The XDG base directory specification has relative paths ignored.
  const xdg = env['XDG_CACHE_HOME']
  return join(xdg && isAbsolute(xdg) ? xdg : inHome('.cache'), 'gankit')
}

function requireHome({ home }: Surroundings): string {
  if (home) return home
  throw new GankitError(
    'core',
    'file',
    'this user has no home folder, expected a place for the cache: set GANKIT_CACHE to a folder',
  )
}

const here: Surroundings = {
  env: process.env,
  platform: process.platform,
  get home() {
    try {
      return homedir()
    } catch {
      // HOME is not set, and the list of users doesn't have this one.
      return undefined
    }
  },
}
