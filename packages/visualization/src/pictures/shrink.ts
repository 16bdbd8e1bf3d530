import type { Picture } from './picture.ts'

/**
 * Makes a picture smaller: each new pixel is the mean of the area it covers, parts of pixels included.
 * @param width of the result, at most the picture's
 * @param height of the result, at most the picture's
 */
export function shrinkPicture(picture: Picture, width: number, height: number): Picture {
  if (width === picture.width && height === picture.height) return picture
  const { channels } = picture
  const columns = divide(picture.width, width)
  const rows = divide(picture.height, height)
  const data = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        data[(y * width + x) * channels + c] = Math.round(averagePixels(picture, rows[y]!, columns[x]!, c))
  return { width, height, channels, data }
}

/** A run of pixels and the weight of each; the weights sum to 1. */
interface Span {
  readonly first: number
  readonly weights: readonly number[]
}

/** Divides `from` pixels into `to` equal spans. */
function divide(from: number, to: number): Span[] {
  return Array.from({ length: to }, (_, i) => {
    // In units of 1 / to of a pixel, which keeps all numbers whole.
    const [start, end] = [i * from, (i + 1) * from]
    const first = Math.floor(start / to)
    const weights: number[] = []
    for (let pixel = first; pixel * to < end; pixel++)
      weights.push((Math.min((pixel + 1) * to, end) - Math.max(pixel * to, start)) / from)
    return { first, weights }
  })
}

function averagePixels(
  { width, channels, data }: Picture,
  rows: Span,
  columns: Span,
  channel: number,
): number {
  let sum = 0
  for (const [j, weightY] of rows.weights.entries())
    for (const [i, weightX] of columns.weights.entries())
      sum += weightY * weightX * data[((rows.first + j) * width + columns.first + i) * channels + channel]!
  return sum
}
