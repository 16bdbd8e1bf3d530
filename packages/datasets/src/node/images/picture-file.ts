import { readFileSync, type Stats, statSync } from 'node:fs'
import type { Skipped } from '@gankit/core'
import { sha256Sync } from '@gankit/core/node'

/** A file that may be a picture, in a folder or in a zip. */
export interface PictureFile {
  /** Its path relative to the folder or zip, with '/' between folders. */
  readonly name: string
  /** Bytes, unpacked. */
  readonly size: number
  /** When it was last changed, its permissions included, ms since 1970. */
  readonly modified: number
  /** Where it is on the disk, unless it is in a zip. */
  readonly path?: string
  /** @throws Error with the reason why it can't be read */
  read(): Promise<Uint8Array>
}

/** Files in order of their names, and what can't be read as a file. */
export interface Listing {
  readonly files: readonly PictureFile[]
  readonly skipped: readonly Skipped[]
  close?(): Promise<void>
}

/** A hash that changes when a file comes, goes or changes. */
export function fingerprint({ files, skipped }: Listing): string {
  const lines = files.map(({ name, size, modified }) => `${name}\0${size}\0${modified}\n`)
  return sha256Sync([...lines, ...skipped.map(({ name, why }) => `${name}\0${why}\n`)].join(''))
}

/** A file on the disk, as it was when it was listed. */
export interface FileAsListed {
  readonly path: string
  readonly size: number
  readonly modified: number
}

/** The later of the two times: one may be set at will, the other also changes with permissions. */
export const modifiedAt = ({ mtimeMs, ctimeMs }: Stats): number => Math.max(mtimeMs, ctimeMs)

/**
 * Reads a file at once: for a small one that takes a tenth of what promises do.
 * @returns undefined where it can't be read or has changed
 */
export function readAsListed({ path, size, modified }: FileAsListed): Uint8Array | undefined {
  try {
    const bytes = readFileSync(path)
    return bytes.length === size && modifiedAt(statSync(path)) === modified ? bytes : undefined
  } catch {
    return undefined
  }
}
