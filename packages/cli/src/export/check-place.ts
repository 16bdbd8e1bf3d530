import { readdir, stat } from 'node:fs/promises'
import { GankitError } from '@gankit/core'
import { endingOf } from '../file-ending.ts'
import type { ExportFlags } from './export-flags.ts'

/** @throws GankitError unless `out` is a new or empty folder, or of html a file name that ends in .html */
export async function checkPlace(to: ExportFlags['to'], out: string): Promise<void> {
  if (to === 'html') return checkPage(out)
  const there = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    const what = error.code === 'ENOTDIR' ? 'a file' : `not readable (${error.code})`
    throw wrong(`${out} is ${what}, expected a new or empty folder`)
  })
  if (there.length > 0)
    throw wrong(`${out} holds '${there[0]}', expected a new or empty folder: choose another one`)
}

async function checkPage(out: string): Promise<void> {
  endingOf('--out', out, ['.html'])
  const there = await stat(out).catch(() => undefined)
  if (there?.isDirectory()) throw wrong(`${out} is a folder, expected a file name`)
}

function wrong(message: string): GankitError {
  return new GankitError('cli', 'option', message)
}
