import { GankitError } from '@gankit/core'
import { gifPalette } from './gif-palette.ts'
import { gifenc } from './gifenc.ts'
import { checkWholeNumber } from './options.ts'
import { checkPicture, type Picture } from './picture.ts'

export interface GifOptions {
  /** Milliseconds that each picture stays, 20 to 655,350, in steps of 10. Browsers slow what is shorter down. Default 60. */
  readonly delay?: number
  /** Without end; else the pictures are shown once. Default true. */
  readonly loop?: boolean
}

/**
 * Writes pictures of one shape as an animated GIF, with one palette for all: grey keeps every level, colour up to 256
 * different ones and then the nearest of 256. The same pictures give the same bytes.
 * @throws GankitError for no pictures, pictures of several shapes, sides above 65,535 pixels and a delay out of range
 */
export function encodeGif(
  pictures: readonly Picture[],
  { delay = 60, loop = true }: GifOptions = {},
): Uint8Array<ArrayBuffer> {
  checkPictures(pictures)
  checkWholeNumber('delay', delay, 20, 655_350)
  const { colours, indices } = gifPalette(pictures)
  const gif = gifenc.GIFEncoder()
  for (const [i, picture] of pictures.entries())
    gif.writeFrame(indices(picture), picture.width, picture.height, {
      ...(i === 0 && { palette: colours }),
      delay,
      repeat: loop ? 0 : -1,
    })
  gif.finish()
  return gif.bytes()
}

function checkPictures(pictures: readonly Picture[]): void {
  const [first] = pictures
  if (!first)
    throw new GankitError('visualization', 'data', 'got no pictures, expected at least 1 for an animation')
  checkWholeNumber('width', first.width, 1, 65_535)
  checkWholeNumber('height', first.height, 1, 65_535)
  const shape = ({ height, width, channels }: Picture) => `${height} × ${width} × ${channels}`
  for (const [i, picture] of pictures.entries()) {
    checkPicture(picture)
    if (shape(picture) !== shape(first))
      throw new GankitError(
        'visualization',
        'data',
        `picture ${i} is ${shape(picture)}, expected ${shape(first)} like the first: an animation has one shape`,
      )
  }
}
