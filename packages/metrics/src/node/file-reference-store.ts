import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder, replaceFile } from '@gankit/core/node'
import type { ReferenceStore } from '../evaluation/stored-reference.ts'

/**
 * A folder that keeps the features and floors of real samples, by default `references` in gankit's cache folder. A file
 * that can't be read counts as missing, and failures to write are ignored: everything in it can be computed anew.
 */
export function fileReferenceStore(folder: string = join(cacheFolder(), 'references')): ReferenceStore {
  const path = (name: string) => join(folder, `${name}.reference`)
  return {
    read: name => readFile(path(name)).catch(() => undefined),
    async write(name, bytes) {
      try {
        await mkdir(folder, { recursive: true })
        await replaceFile(path(name), bytes, `${path(name)}.${process.pid}.part`)
      } catch {}
    },
  }
}
