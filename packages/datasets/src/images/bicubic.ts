import { checkInteger, GankitError } from '@gankit/core'
import type { ImageSettings } from './image-options.ts'
import { mixPixels, type Pixels } from './resample.ts'
import { computeTaps } from './taps.ts'

/**
 * Makes a picture smaller as MATLAB's imresize and Pillow do for super-resolution's benchmarks: by the cubic kernel of Keys
 * (1981) with a = −0.5, widened by the factor, so that every pixel counts. At the border the kernel is cut off and its weights
 * sum to 1, as in Pillow; MATLAB mirrors the picture there.
 * @param picture bytes, which are rounded and kept in 0 to 255 after x and after y, as Pillow's are, or floats of any range, which
 *   are neither
 * @param factor whole number that divides width and height
 * @throws GankitError for another factor
 */
export function reduceBicubic<Data extends Uint8Array | Float32Array>(
  picture: Pixels<Data>,
  factor: number,
): Pixels<Data> {
  const { width, height } = picture
  checkInteger('datasets', 'factor', factor, 1)
  if (width % factor > 0 || height % factor > 0)
    throw new GankitError(
      'datasets',
      'option',
      `factor is ${factor}, expected one that divides ${width}×${height}: crop the picture to a multiple of it`,
    )
  return resizeBicubic(picture, width / factor, height / factor)
}

/**
 * Makes a picture larger by the same kernel: what a network for super-resolution has to be better than.
 * @param picture bytes or floats, as for `reduceBicubic`
 * @param factor whole number
 * @throws GankitError for another factor
 */
export function enlargeBicubic<Data extends Uint8Array | Float32Array>(
  picture: Pixels<Data>,
  factor: number,
): Pixels<Data> {
  checkInteger('datasets', 'factor', factor, 1)
  return resizeBicubic(picture, picture.width * factor, picture.height * factor)
}

function resizeBicubic<Data extends Uint8Array | Float32Array>(
  picture: Pixels<Data>,
  width: number,
  height: number,
): Pixels<Data> {
  const columns = computeTaps(picture.width, width, 'cubic')
  const rows = computeTaps(picture.height, height, 'cubic')
  const data: Uint8Array | Float32Array =
    picture.data instanceof Uint8Array
      ? new Uint8Array(mixPixels(picture, columns, rows, Uint8ClampedArray).buffer)
      : mixPixels<Float32Array<ArrayBuffer>>(picture, columns, rows)
  return { data: data as Data, width, height, channels: picture.channels }
}

/** Makes a sample smaller as the option `reduce` says. @param sample [height, width, channels] of the settings */
export function reduceSample<Sample extends Uint8Array>(
  sample: Sample,
  { width, height, channels, reduce }: Pick<ImageSettings, 'width' | 'height' | 'channels' | 'reduce'>,
): Sample {
  return reduce === 1 ? sample : reduceBicubic({ data: sample, width, height, channels }, reduce).data
}
