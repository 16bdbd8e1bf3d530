import type { ImageSettings } from '../image-options.ts'

/** A kernel's value at a distance in pixels, and the distance from which on it is zero. */
interface Kernel {
  readonly reach: number
  at(distance: number): number
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** Those of libvips, which resizes in Node. */
const kernels: Record<Exclude<ImageSettings['resize'], 'nearest'>, Kernel> = {
  linear: { reach: 1, at: x => 1 - x },
  // Catmull and Rom's.
  cubic: { reach: 2, at: x => (x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2) },
  lanczos3: { reach: 3, at: x => sinc(x) * sinc(x / 3) },
}

/** Bytes [height, width, channels] of a picture. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
  readonly channels: number
}

/**
 * Resizes a picture: along x, then along y. Where it shrinks, the kernel grows with the step from pixel to pixel, so
 * that every pixel counts; the platform's own resizing differs from browser to browser.
 * @returns [height, width, channels]; the same bytes where the size is the same
 */
export function resample(
  { data, width: fromWidth, height: fromHeight, channels }: Pixels,
  { width, height, resize }: Pick<ImageSettings, 'width' | 'height' | 'resize'>,
): Uint8ClampedArray {
  const kernel = kernels[resize === 'nearest' ? 'linear' : resize]
  const columns = taps(fromWidth, width, kernel)
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
  for (const [y, { first, weights }] of taps(fromHeight, height, kernel).entries())
    for (let x = 0; x < row; x++) {
      let sum = 0
      for (let i = 0; i < weights.length; i++) sum += rows[(first + i) * row + x]! * weights[i]!
      pixels[y * row + x] = sum
    }
  return pixels
}

/** Which pixels of a line make one of the new line, and how much of each; they sum to 1. */
function taps(from: number, to: number, kernel: Kernel): { first: number; weights: Float64Array }[] {
  const step = from / to
  const spread = Math.max(1, step)
  const reach = kernel.reach * spread
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * step - 0.5
    const first = Math.max(0, Math.ceil(centre - reach))
    const last = Math.min(from - 1, Math.floor(centre + reach))
    const weights = Float64Array.from({ length: last - first + 1 }, (_, j) =>
      kernel.at(Math.abs(first + j - centre) / spread),
    )
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { first, weights: weights.map(weight => weight / sum) }
  })
}
