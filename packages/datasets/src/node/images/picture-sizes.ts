import { resolve } from 'node:path'
import sharp from 'sharp'
import type { Size } from '../../images/image-options.ts'
import { listPictures } from '../image-folder.ts'
import type { PictureFile } from './picture-file.ts'

/** Pictures that are looked at, evenly over a folder. */
const maxLooked = 64

/**
 * The sizes of some pictures of a folder or a zip as they are, upright, the smallest first; only their headers are decoded.
 * Files whose header can't be read are left out.
 * @throws GankitError for a path that holds no pictures
 */
export async function readPictureSizes(path: string): Promise<Size[]> {
  const { files, close } = await listPictures(resolve(path))
  try {
    const count = Math.min(maxLooked, files.length)
    const chosen = Array.from({ length: count }, (_, i) => files[Math.floor((i * files.length) / count)]!)
    const sizes = await Promise.all(chosen.map(readSize))
    return sizes
      .filter(size => size !== undefined)
      .sort((a, b) => a.width * a.height - b.width * b.height || a.width - b.width)
  } finally {
    await close?.()
  }
}

async function readSize(file: PictureFile): Promise<Size | undefined> {
  try {
    const { autoOrient } = await sharp(file.path ?? (await file.read()), {
      limitInputPixels: false,
    }).metadata()
    return { width: autoOrient.width, height: autoOrient.height }
  } catch {
    return undefined
  }
}
