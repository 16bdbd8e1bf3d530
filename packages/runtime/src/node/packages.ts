import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Where Node looks for packages: in the project in which the process runs, then beside this package. */
const places = (): string[] => [join(process.cwd(), 'package.json'), import.meta.url]

/** The path of a package's main file. @throws Error where the package is not installed */
export function resolvePackage(name: string): string {
  for (const place of places())
    try {
      return createRequire(place).resolve(name)
    } catch {}
  throw new Error(`${name} is not installed`)
}

export function isInstalled(name: string): boolean {
  try {
    resolvePackage(name)
    return true
  } catch {
    return false
  }
}

/** The version of an installed package; undefined where the package is missing. */
export function readPackageVersion(name: string): string | undefined {
  for (const place of places())
    try {
      return createRequire(place)(`${name}/package.json`).version
    } catch {}
  return undefined
}
