import { type AnimationOptions, checkAnimation, listDelays } from './animation.ts'
import { createGifPalette } from './gif-palette.ts'
import { gifenc } from './gifenc.ts'
import type { Picture } from './picture.ts'

/**
 * Writes pictures of one shape as an animated GIF, with one palette for all. Gray pictures keep every level. Color pictures keep
 * up to 256 different colors; with more, each pixel takes the nearest of 256. The same pictures give the same bytes.
 * @throws GankitError for no pictures, pictures of several shapes, sides above 65,535 pixels and a delay out of range
 */
export function encodeGif(
  pictures: readonly Picture[],
  { delay = 60, loop = true }: AnimationOptions = {},
): Uint8Array<ArrayBuffer> {
  checkAnimation(pictures, 65_535)
  // A GIF counts hundredths of a second in 16 bits.
  const delays = listDelays(delay, pictures.length, 655_350)
  const { colors, indexPixels } = createGifPalette(pictures)
  const gif = gifenc.GIFEncoder()
  for (const [i, picture] of pictures.entries())
    gif.writeFrame(indexPixels(picture), picture.width, picture.height, {
      ...(i === 0 && { palette: colors }),
      delay: delays[i]!,
      repeat: loop ? 0 : -1,
    })
  gif.finish()
  return gif.bytes()
}
