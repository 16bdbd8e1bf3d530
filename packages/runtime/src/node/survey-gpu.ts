import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * Whether this machine seems to have a GPU that WebGPU could use, from signs that cost no time. It decides what is
 * recommended, never what is taken.
 */
export function gpuInSight(platform: NodeJS.Platform = process.platform): boolean {
  // Every Mac has one, and nearly every Windows machine.
  if (platform !== 'linux') return platform === 'darwin' || platform === 'win32'
  const nvidia = existsSync('/dev/nvidia0')
  const windowsSubsystem = existsSync('/dev/dxg')
  return nvidia || windowsSubsystem || namesIn('/dev/dri').some(name => name.startsWith('renderD'))
}

/** Whether a package can be required from the project in which we run, or from here. */
export function isInstalled(name: string): boolean {
  return [join(process.cwd(), 'package.json'), import.meta.url].some(place => {
    try {
      createRequire(place).resolve(name)
      return true
    } catch {
      return false
    }
  })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
