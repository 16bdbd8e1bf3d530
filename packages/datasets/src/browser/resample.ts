import type { ImageSettings } from '../images/image-options.ts'
import { computeTaps } from '../images/taps.ts'

/** Bytes [height, width, channels] of a picture. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
  readonly channels: number
}

/**
 * Resizes a picture along x, then along y. It replaces the resizing of the platform, which differs between browsers.
 * @returns [height, width, channels]; the same bytes where the size is the same
 */
export function resample(
  { data, width: fromWidth, height: fromHeight, channels }: Pixels,
  { width, height, resize }: Pick<ImageSettings, 'width' | 'height' | 'resize'>,
): Uint8ClampedArray {
  const columns = computeTaps(fromWidth, width, resize)
  const rows = new Float32Array(fromHeight * width * channels)
  let to = 0
  for (let y = 0; y < fromHeight; y++)
    for (const { first, weights } of columns)
      for (let c = 0; c < channels; c++) {
        let sum = 0
        let at = (y * fromWidth + first) * channels + c
        for (let i = 0; i < weights.length; i++, at += channels) sum += data[at]! * weights[i]!
        rows[to++] = sum
      }
  const pixels = new Uint8ClampedArray(height * width * channels)
  const row = width * channels
  for (const [y, { first, weights }] of computeTaps(fromHeight, height, resize).entries())
    for (let x = 0; x < row; x++) {
      let sum = 0
      for (let i = 0; i < weights.length; i++) sum += rows[(first + i) * row + x]! * weights[i]!
      pixels[y * row + x] = sum
    }
  return pixels
}
