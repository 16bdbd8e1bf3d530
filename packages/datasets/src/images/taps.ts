import type { ImageSettings } from './image-options.ts'

/** A resampling kernel: its value at a distance in pixels, and the distance beyond which it is zero. */
interface Kernel {
  readonly reach: number
  at(distance: number): number
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** The kernels of libvips, which resizes most pictures in Node. */
const kernels: Record<Exclude<ImageSettings['resize'], 'nearest'>, Kernel> = {
  linear: { reach: 1, at: x => 1 - x },
  // The spline of Catmull and Rom.
  cubic: { reach: 2, at: x => (x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2) },
  lanczos3: { reach: 3, at: x => sinc(x) * sinc(x / 3) },
}

/** The pixels that one pixel of a resized line is made of: the first one, and the weights from there on, which sum to 1. */
export interface Taps {
  readonly first: number
  readonly weights: Float64Array
}

/**
 * Computes the taps that resize a line of `from` pixels to `to` pixels. Where it shrinks, the kernel grows with the step from
 * pixel to pixel, so that every pixel counts. 'nearest' has no kernel and gets the taps of 'linear'.
 * @param part what is kept of the line, in pixels, not necessarily whole ones; all of it by default
 */
export function computeTaps(
  from: number,
  to: number,
  resize: ImageSettings['resize'],
  part: { readonly start: number; readonly length: number } = { start: 0, length: from },
): Taps[] {
  const kernel = kernels[resize === 'nearest' ? 'linear' : resize]
  const step = part.length / to
  const spread = Math.max(1, step)
  const reach = kernel.reach * spread
  return Array.from({ length: to }, (_, i) => {
    const center = part.start + (i + 0.5) * step - 0.5
    const first = Math.max(0, Math.ceil(center - reach))
    const last = Math.min(from - 1, Math.floor(center + reach))
    const weights = Float64Array.from({ length: last - first + 1 }, (_, j) =>
      kernel.at(Math.abs(first + j - center) / spread),
    )
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { first, weights: weights.map(weight => weight / sum) }
  })
}
