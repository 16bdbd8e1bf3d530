import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder, replaceFile } from '@gankit/core/node'
import type { FigureStore } from '../evaluation/stored-side.ts'

/**
 * A folder that keeps features and floors of real samples; by default one in gankit's cache. What can't be read counts
 * as not there, and what can't be written is left out: everything in it can be had anew.
 */
export function fileFigureStore(folder: string = join(cacheFolder(), 'figures')): FigureStore {
  const path = (name: string) => join(folder, `${name}.features`)
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
