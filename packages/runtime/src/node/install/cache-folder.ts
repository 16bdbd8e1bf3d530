import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

/** What the choice of a cache folder depends on; the process's own unless a test says otherwise. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  readonly home: string
}

/**
 * Where native TensorFlow is kept: `native` in GANKIT_CACHE where it is set, else in `gankit` of this user's cache
 * folder: XDG_CACHE_HOME or ~/.cache, ~/Library/Caches, %LOCALAPPDATA%. The data sets choose theirs in the same way.
 */
export function nativeCacheFolder({ env, platform, home }: Surroundings = here()): string {
  return join(cacheFolder(env, platform, home), 'native')
}

function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  // A module is loaded from there, and require knows no relative folders.
  if (env['GANKIT_CACHE']) return resolve(env['GANKIT_CACHE'])
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'gankit')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'gankit')
  const xdg = env['XDG_CACHE_HOME']
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.cache'), 'gankit')
}

function here(): Surroundings {
  return { env: process.env, platform: process.platform, home: homedir() }
}
