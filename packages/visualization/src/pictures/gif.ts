import { checkInteger, GankitError } from '@gankit/core'
import { createGifPalette } from './gif-palette.ts'
import { gifenc } from './gifenc.ts'
import { checkPicture, type Picture } from './picture.ts'

export interface GifOptions {
  /** Milliseconds that each picture stays, 20 to 655,350, in steps of 10. Browsers lengthen shorter delays. Default 60. */
  readonly delay?: number
  /** Whether the animation repeats without end; otherwise it plays once. Default true. */
  readonly loop?: boolean
}

/**
 * Writes pictures of one shape as an animated GIF, with one palette for all. Gray pictures keep every level. Color pictures keep
 * up to 256 different colors; with more, each pixel takes the nearest of 256. The same pictures give the same bytes.
 * @throws GankitError for no pictures, pictures of several shapes, sides above 65,535 pixels and a delay out of range
 */
export function encodeGif(
  pictures: readonly Picture[],
  { delay = 60, loop = true }: GifOptions = {},
): Uint8Array<ArrayBuffer> {
  checkPictures(pictures)
  checkInteger('visualization', 'delay', delay, 20, 655_350)
  const { colors, indexPixels } = createGifPalette(pictures)
  const gif = gifenc.GIFEncoder()
  for (const [i, picture] of pictures.entries())
    gif.writeFrame(indexPixels(picture), picture.width, picture.height, {
      ...(i === 0 && { palette: colors }),
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
  checkInteger('visualization', 'width', first.width, 1, 65_535)
  checkInteger('visualization', 'height', first.height, 1, 65_535)
  const formatShape = ({ height, width, channels }: Picture) => `${height} × ${width} × ${channels}`
  for (const [i, picture] of pictures.entries()) {
    checkPicture(picture)
    if (formatShape(picture) !== formatShape(first))
      throw new GankitError(
        'visualization',
        'data',
        `picture ${i} is ${formatShape(picture)}, expected ${formatShape(first)} like the first: an animation has one shape`,
      )
  }
}
