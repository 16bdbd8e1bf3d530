import { mean } from '../statistics.ts'
import { type Picture, type PictureMetric, type PictureOptions, type Plane, planesOf } from './picture.ts'
import { reducePlane } from './reduce-by-mean.ts'
import { compareStructure, windowSize } from './ssim.ts'

/** The exponents of the scales, from the finest: table in section 3.2 of the paper. */
const exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]

/** MS-SSIM, and the number of scales that it was measured on. */
export interface MultiScaleMetric extends PictureMetric {
  readonly scales: number
}

/**
 * Multi-scale structural similarity (Wang et al. 2003, doi 10.1109/ACSSC.2003.1292216), 1 for equal pictures: contrast and
 * structure at five scales, each half as large as the one before (the mean of every 2×2 pixels), and luminance at the last one,
 * to the published exponents. Pictures below 176 pixels have fewer scales, as a window must fit into the last: 3 at 64 pixels.
 * Then the exponents of the scales that there are, divided by their sum, are taken, and `scales` says so: values of two
 * numbers of scales don't compare. A factor below 0 counts as 0. For 'rgb' factors are means over the channels.
 * @throws GankitError for pictures smaller than a window, and as `psnr`
 */
export function msSsim(first: Picture, second: Picture, options: PictureOptions = {}): MultiScaleMetric {
  const { channels, crop, ...planes } = planesOf(first, second, options)
  const { height, width } = planes.first[0]!
  const scales = countScales(Math.min(height, width))
  const weights = exponents.slice(0, scales)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  let pairs: readonly (readonly [Plane, Plane])[] = planes.first.map((plane, channel) => [
    plane,
    planes.second[channel]!,
  ])
  let value = 1
  for (const [scale, weight] of weights.entries()) {
    if (scale > 0) pairs = pairs.map(([a, b]) => [reducePlane(a, 2), reducePlane(b, 2)])
    const compared = pairs.map(([a, b]) => compareStructure(a, b))
    const isLast = scale === scales - 1
    const factor = mean(
      compared.map(({ similarity, contrastStructure }) => (isLast ? similarity : contrastStructure)),
    )
    value *= Math.max(0, factor) ** (weight / sum)
  }
  return { value, channels, crop, scales }
}

/** How often a side can be halved until no window fits into it, at most as often as there are exponents. */
function countScales(side: number): number {
  let scales = 1
  for (let half = side >> 1; half >= windowSize && scales < exponents.length; half >>= 1) scales += 1
  return scales
}
