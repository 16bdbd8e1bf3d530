import type { Skipped } from '@gankit/core'
import { sha256 } from '../packed/sha256.ts'

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
  return sha256([...lines, ...skipped.map(({ name, why }) => `${name}\0${why}\n`)].join(''))
}
