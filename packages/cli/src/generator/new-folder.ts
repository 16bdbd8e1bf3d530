import { readdir } from 'node:fs/promises'
import { GankitError } from '@gankit/core'
import { readEnding } from '../terminal/flags.ts'

/** What names of files end in that somebody may want instead of a folder: of pictures, pages and models. */
const fileEndings = new Set(
  '.png .jpg .jpeg .webp .gif .avif .tif .tiff .bmp .ppm .html .onnx .json .bin .zip .txt'.split(' '),
)

/**
 * @param flag the flag that names the folder: '--out'
 * @param expected what is said to be expected of a name that ends as a file's does
 * @throws GankitError unless `out` is a new or empty folder; a new one whose name ends as a file's does was meant as a file
 */
export async function checkNewFolder(
  flag: string,
  out: string,
  expected = 'a new or empty folder',
): Promise<void> {
  const names = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      const ending = readEnding(out)
      if (!fileEndings.has(ending) || /[/\\]$/.test(out)) return []
      throw new GankitError(
        'cli',
        'option',
        `${flag} is '${out}', a file name that ends in ${ending}, expected ${expected}: choose another one`,
      )
    }
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
