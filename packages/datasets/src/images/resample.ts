import type { ImageSettings } from './image-options.ts'
import { computeTaps, type Taps } from './taps.ts'

/** Levels [height, width, channels] of a picture. */
export interface Pixels<Data = Uint8Array | Uint8ClampedArray | Float32Array> {
  readonly data: Data
  readonly width: number
  readonly height: number
  readonly channels: number
}

/**
 * Resizes a picture along x, then along y. It replaces the resizing of the platform, which differs between browsers.
 * @returns [height, width, channels]; the same bytes where the size is the same
 */
export function resample(
  pixels: Pixels,
  { width, height, resize }: Pick<ImageSettings, 'width' | 'height' | 'resize'>,
): Uint8ClampedArray<ArrayBuffer> {
  const columns = computeTaps(pixels.width, width, resize)
  return Uint8ClampedArray.from(mixPixels(pixels, columns, computeTaps(pixels.height, height, resize)))
}

type Levels = Float32Array<ArrayBuffer> | Uint8ClampedArray<ArrayBuffer>

/**
 * Mixes the pixels of a picture along x, then along y.
 * @param columns what each pixel of a row is made of; `rows` the same for each row
 * @param Levels what holds the levels, after x as after y: floats, not rounded, or bytes
 * @returns [rows.length, columns.length, channels]
 */
export function mixPixels<Mixed extends Levels = Float32Array<ArrayBuffer>>(
  { data, width: fromWidth, height: fromHeight, channels }: Pixels,
  columns: readonly Taps[],
  rows: readonly Taps[],
  Levels: new (length: number) => Mixed = Float32Array as never,
): Mixed {
  const row = columns.length * channels
  const mixed = new Levels(fromHeight * row)
  let to = 0
  for (let y = 0; y < fromHeight; y++)
    for (const { first, weights } of columns)
      for (let c = 0; c < channels; c++) {
        let sum = 0
        let at = (y * fromWidth + first) * channels + c
        for (let i = 0; i < weights.length; i++, at += channels) sum += data[at]! * weights[i]!
        mixed[to++] = sum
      }
  const pixels = new Levels(rows.length * row)
  for (const [y, { first, weights }] of rows.entries())
    for (let x = 0; x < row; x++) {
      let sum = 0
      for (let i = 0; i < weights.length; i++) sum += mixed[(first + i) * row + x]! * weights[i]!
      pixels[y * row + x] = sum
    }
  return pixels
}
