import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

/** What the choice of a cache folder depends on; the process's own unless a test says otherwise. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  readonly home: string
}

/**
 * Where downloads and what can be made anew are kept: GANKIT_CACHE where it is set, else `gankit` in the platform's
 * cache folder of this user: XDG_CACHE_HOME or ~/.cache, ~/Library/Caches, %LOCALAPPDATA%. An absolute path.
 */
export function cacheFolder({ env, platform, home }: Surroundings = here()): string {
  if (env['GANKIT_CACHE']) return resolve(env['GANKIT_CACHE'])
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'gankit')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'gankit')
  // The XDG base directory specification has relative paths ignored.
  const xdg = env['XDG_CACHE_HOME']
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.cache'), 'gankit')
}

function here(): Surroundings {
  return { env: process.env, platform: process.platform, home: homedir() }
}
