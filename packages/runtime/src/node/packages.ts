import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPackage, listProjects } from '@gankit/core/node'

/** The folder of a package: in the project that names it in its package.json, else beside this package. */
export function findPackageFolder(name: string): string | undefined {
  return findPackage(name, listProjects(fileURLToPath(import.meta.url)))
}

/** The path of a package's main file. @throws Error where the package is not installed */
export function resolvePackage(name: string): string {
  const folder = findPackageFolder(name)
  // From inside the package its name stands for itself.
  if (folder) return createRequire(join(folder, 'package.json')).resolve(name)
  throw new Error(`${name} is not installed`)
}

export function isInstalled(name: string): boolean {
  return findPackageFolder(name) !== undefined
}

/** The version of an installed package; undefined where the package is missing. */
export function readPackageVersion(name: string): string | undefined {
  const folder = findPackageFolder(name)
  return (
    folder && (createRequire(import.meta.url)(join(folder, 'package.json')) as { version?: string }).version
  )
}
