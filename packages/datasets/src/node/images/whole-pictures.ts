import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Skipped } from '@gankit/core'
import { parseImageOptions } from '../../images/image-options.ts'
import type { Pixels } from '../../images/resample.ts'
import { listPictures } from '../image-folder.ts'
import { openPicture } from './decode.ts'
import { readPicture } from './pack-pictures.ts'
import { findModifiedTime, type Listing } from './picture-file.ts'

/** A picture of a person's own, whole and at its own size. */
export interface WholePicture {
  /** Its path relative to the folder or zip, or the file's name. */
  readonly name: string
  readonly pixels: Pixels<Uint8Array>
}

/**
 * Reads pictures one after another as they are: a file, or all files of a folder or zip. They stand upright, in sRGB or gray, on white
 * where they are transparent, as in data sets.
 * @param onSkipped is told of each file that gives none, and why
 * @throws GankitError for a path that is none of these
 */
export async function* readWholePictures(
  path: string,
  channels: 1 | 3,
  onSkipped: (skipped: Skipped) => void,
): AsyncGenerator<WholePicture> {
  const { files, skipped, close } = await listOne(resolve(path))
  try {
    for (const one of skipped) onSkipped(one)
    for (const file of files) {
      const { name } = file
      try {
        const read = await readPicture(file)
        if ('skipped' in read) {
          onSkipped(read.skipped)
          continue
        }
        const { size } = await openPicture(read.bytes, parseImageOptions({ channels }))
        const { width, height } = size
        const picture = await openPicture(read.bytes, {
          ...parseImageOptions({ channels, crop: 'none' }),
          width,
          height,
          sampleShape: [height, width, channels],
        })
        yield { name, pixels: { data: await picture.makeSample(), width, height, channels } }
      } catch (error) {
        onSkipped({ name, why: (error as Error).message })
      }
    }
  } finally {
    await close?.()
  }
}

/** A file that is no zip is one picture. */
async function listOne(path: string): Promise<Listing> {
  const stats = await stat(path).catch(() => undefined)
  if (!stats?.isFile() || path.toLowerCase().endsWith('.zip')) return listPictures(path)
  const file = {
    name: basename(path),
    size: stats.size,
    modified: findModifiedTime(stats),
    path,
    read: () => readFile(path),
  }
  return { files: [file], skipped: [] }
}
