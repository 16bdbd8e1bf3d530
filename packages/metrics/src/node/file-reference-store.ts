import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder, readRegularFile, replaceFile } from '@gankit/core/node'
import type { ReferenceStore } from '../evaluation/stored-reference.ts'

/**
 * A folder that keeps the features and floors of real samples, by default `references` in gankit's cache folder. A file
 * that can't be read counts as missing, and failures to write are ignored: everything in it can be computed anew.
 */
export function fileReferenceStore(folder?: string): ReferenceStore {
  // Where there is no place for a cache, nothing is kept.
  const place = () => folder ?? join(cacheFolder(), 'references')
  const path = (name: string) => join(place(), `${name}.reference`)
  return {
    async read(name) {
      try {
        return await readRegularFile(path(name))
      } catch {
        return undefined
      }
    },
    async write(name, bytes) {
      try {
        await mkdir(place(), { recursive: true })
        await replaceFile(path(name), bytes, `${path(name)}.${process.pid}.part`)
      } catch {}
    },
  }
}
