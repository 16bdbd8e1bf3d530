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

/** The linear light of an sRGB level 0 … 255, from 0 to 1 (IEC 61966-2-1). */
const linearLight: Float64Array = Float64Array.from({ length: 256 }, (_, level) => {
  const share = level / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
})

/**
 * Converts red, green and blue to gray: the luminance, with Rec. 709's weights on linear light, as an sRGB level. sharp makes
 * gray in the same way in Node; a gray pixel keeps its level.
 * @param rgb 3 bytes per pixel
 * @returns one byte per pixel
 */
export function toLuminance(rgb: Uint8ClampedArray): Uint8ClampedArray {
  const gray = new Uint8ClampedArray(rgb.length / 3)
  for (let i = 0; i < gray.length; i++) {
    const [r, g, b] = [rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!]
    gray[i] =
      r === g && g === b
        ? r
        : toLevel(0.2126 * linearLight[r]! + 0.7152 * linearLight[g]! + 0.0722 * linearLight[b]!)
  }
  return gray
}

/** The sRGB level of linear light. */
function toLevel(light: number): number {
  return 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055)
}
