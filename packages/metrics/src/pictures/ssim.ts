import { throwDataError } from '../features/feature-rows.ts'
import { mean } from '../statistics.ts'
import {
  type Picture,
  type PictureMetric,
  type PictureOptions,
  type Plane,
  planesOf,
  white,
} from './picture.ts'

/** The window that statistics are taken in: a Gaussian of deviation 1.5, 11 pixels wide. */
export const windowSize = 11
const windowDeviation = 1.5
const window = createWindow()
/** (K₁L)² and (K₂L)² of the paper, with K₁ = 0.01, K₂ = 0.03 and L = 255. */
const [c1, c2] = [(0.01 * white) ** 2, (0.03 * white) ** 2]

/**
 * Structural similarity (Wang et al. 2004, doi 10.1109/TIP.2003.819861), 1 for equal pictures: the mean of
 * (2μ₁μ₂ + C₁)(2σ₁₂ + C₂) / ((μ₁² + μ₂² + C₁)(σ₁² + σ₂² + C₂)) over all windows of 11×11 pixels with Gaussian weights that lie
 * whole inside the picture, so the 5 pixels at each border are the middle of none. For 'rgb' the mean over the channels.
 * @throws GankitError for pictures smaller than a window, and as `psnr`
 */
export function ssim(first: Picture, second: Picture, options: PictureOptions = {}): PictureMetric {
  const planes = planesOf(first, second, options)
  const values = planes.first.map(
    (plane, channel) => compareStructure(plane, planes.second[channel]!).similarity,
  )
  return { value: mean(values), channels: planes.channels, crop: planes.crop }
}

/** The mean similarity of two planes, and the mean of its factor of contrast and structure. */
export interface StructureComparison {
  readonly similarity: number
  readonly contrastStructure: number
}

/** Compares two planes of one size window by window. @throws GankitError where none fits */
export function compareStructure(first: Plane, second: Plane): StructureComparison {
  const { height, width } = first
  if (Math.min(height, width) < windowSize)
    throwDataError(
      `pictures are ${height}×${width} between their borders, expected at least ${windowSize}×${windowSize}, the window of structural similarity: leave it out for smaller ones`,
    )
  const products = (a: Plane, b: Plane): Plane => ({
    ...a,
    values: a.values.map((value, i) => value * b.values[i]!),
  })
  const [mean1, mean2] = [blur(first), blur(second)]
  const [square1, square2] = [blur(products(first, first)), blur(products(second, second))]
  const product = blur(products(first, second))
  let [similarity, contrastStructure] = [0, 0]
  for (let i = 0; i < mean1.length; i++) {
    const [m1, m2] = [mean1[i]!, mean2[i]!]
    const variances = square1[i]! - m1 * m1 + (square2[i]! - m2 * m2)
    const factor = (2 * (product[i]! - m1 * m2) + c2) / (variances + c2)
    contrastStructure += factor
    similarity += (factor * (2 * m1 * m2 + c1)) / (m1 * m1 + m2 * m2 + c1)
  }
  return { similarity: similarity / mean1.length, contrastStructure: contrastStructure / mean1.length }
}

/** The weighted means of all windows inside a plane, row by row. */
function blur({ values, height, width }: Plane): Float64Array {
  const [rows, columns] = [height - windowSize + 1, width - windowSize + 1]
  const across = new Float64Array(height * columns)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < columns; x++) {
      let sum = 0
      for (let k = 0; k < windowSize; k++) sum += window[k]! * values[y * width + x + k]!
      across[y * columns + x] = sum
    }
  const means = new Float64Array(rows * columns)
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      let sum = 0
      for (let k = 0; k < windowSize; k++) sum += window[k]! * across[(y + k) * columns + x]!
      means[y * columns + x] = sum
    }
  return means
}

function createWindow(): Float64Array {
  const center = (windowSize - 1) / 2
  const weights = Float64Array.from({ length: windowSize }, (_, k) =>
    Math.exp(-((k - center) ** 2) / (2 * windowDeviation ** 2)),
  )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map(weight => weight / sum)
}
