import { readdir } from 'node:fs/promises'
import { GankitError } from '@gankit/core'

/** @throws GankitError unless `out` is a new or empty folder */
export async function checkNewFolder(out: string): Promise<void> {
  const names = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    const what = error.code === 'ENOTDIR' ? 'a file' : `not readable (${error.code})`
    throw new GankitError('cli', 'option', `${out} is ${what}, expected a new or empty folder`)
  })
  if (names.length > 0)
    throw new GankitError(
      'cli',
      'option',
      `${out} holds '${names[0]}', expected a new or empty folder: choose another one`,
    )
}
