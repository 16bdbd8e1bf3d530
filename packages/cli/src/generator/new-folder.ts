import { readdir } from 'node:fs/promises'
import { GankitError } from '@gankit/core'

/**
 * @param flag the flag that names the folder: '--out'
 * @throws GankitError unless `out` is a new or empty folder
 */
export async function checkNewFolder(flag: string, out: string): Promise<void> {
  const names = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    const what = error.code === 'ENOTDIR' ? 'a file' : `not readable (${error.code})`
    throw new GankitError(
      'cli',
      'option',
      `${flag} is '${out}', which is ${what}, expected a new or empty folder: choose another one`,
    )
  })
  if (names.length > 0)
    throw new GankitError(
      'cli',
      'option',
      `${flag} is '${out}', which holds '${names[0]}', expected a new or empty folder: choose another one`,
    )
}
