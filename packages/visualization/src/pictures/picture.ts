import { checkInteger, checkOption, GankitError } from '@gankit/core'

/** Pixels: what every function here takes or gives. */
export interface Picture {
  /** Pixels. */
  readonly width: number
  /** Pixels. */
  readonly height: number
  /** 1 is gray, 3 is red, green and blue. */
  readonly channels: 1 | 3
  /** [height, width, channels], row-major; 0 is black, 255 is white or full color. */
  readonly data: Uint8Array
}

/** Images as a dataset or a generator gives them, read back from their tensor. */
export interface Samples {
  /**
   * [n, height, width, channels], row-major. Floats are in [−1, 1], where −1 is black; values outside are
   * clamped. A Uint8Array is taken as bytes, 0 to 255.
   */
  readonly samples: Float32Array | Uint8Array
  /** [height, width, channels], with 1 channel (gray) or 3 (red, green, blue). */
  readonly sampleShape: readonly number[]
  /** How many samples to show, from the first one on. Default: all. */
  readonly count?: number
}

/** @throws GankitError unless the sizes are whole numbers and `data` has height × width × channels bytes */
export function checkPicture({ width, height, channels, data }: Picture): void {
  checkInteger('visualization', 'width', width, 1)
  checkInteger('visualization', 'height', height, 1)
  checkOption(
    'visualization',
    'channels',
    channels,
    channels === 1 || channels === 3,
    '1 (gray) or 3 (red, green, blue)',
  )
  const expected = width * height * channels
  if (data.length !== expected)
    throw new GankitError(
      'visualization',
      'data',
      `picture has ${data.length} bytes, expected ${expected} (${height} × ${width} × ${channels})`,
    )
}

/**
 * Cuts samples into one picture each; −1 becomes 0, +1 becomes 255.
 * @returns `count` pictures of `sampleShape`; the pictures of a Uint8Array are views of it
 * @throws GankitError for a shape that is no image, a number of values that doesn't fit the shape, a `count` that
 *   is out of range, and pixels that are NaN or infinite (the message says how many)
 */
export function samplePictures({ samples, sampleShape, count }: Samples): Picture[] {
  const [height, width, channels] = checkImageShape(sampleShape)
  const size = height * width * channels
  const available = samples.length / size
  if (available < 1 || !Number.isInteger(available))
    throw new GankitError(
      'visualization',
      'data',
      `samples has ${samples.length} values, expected a multiple of ${size} (sampleShape [${sampleShape}])`,
    )
  const shown = count ?? available
  checkInteger('visualization', 'count', shown, 1, available)
  const bytes = samples instanceof Uint8Array ? samples : toBytes(samples.subarray(0, shown * size), size)
  return Array.from({ length: shown }, (_, n) => ({
    width,
    height,
    channels,
    data: bytes.subarray(n * size, (n + 1) * size),
  }))
}

/** @throws GankitError unless the shape is [height, width, 1 or 3] */
export function checkImageShape(shape: readonly number[]): [height: number, width: number, channels: 1 | 3] {
  const [height, width, channels] = shape
  const isImage = shape.length === 3 && shape.every(side => Number.isSafeInteger(side) && side > 0)
  if (!isImage || (channels !== 1 && channels !== 3))
    throw new GankitError(
      'visualization',
      'option',
      `sampleShape is [${shape}], expected [height, width, channels] with 1 or 3 channels`,
    )
  return [height!, width!, channels]
}

function toBytes(values: Float32Array, sampleSize: number): Uint8Array {
  const bytes = new Uint8ClampedArray(values.length)
  let notFinite = 0
  let first = -1
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!Number.isFinite(value)) {
      notFinite++
      if (first < 0) first = i
    }
    bytes[i] = Math.round((value + 1) * 127.5)
  }
  if (notFinite > 0)
    throw new GankitError(
      'visualization',
      'data',
      `${notFinite} of ${values.length} pixels are not finite, the first one in sample ` +
        `${Math.floor(first / sampleSize)} (${values[first]}), expected numbers in [−1, 1]: has training diverged?`,
    )
  return new Uint8Array(bytes.buffer)
}
