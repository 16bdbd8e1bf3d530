import { checkInteger, GankitError, type Generator } from '@gankit/core'
import { drawNoise } from './inputs.ts'
import { sample } from './sample.ts'

/** A picture as plain numbers. */
export interface TranslatedPicture {
  /** [height, width, channels], row-major, in [−1, 1]. */
  readonly values: Float32Array
  readonly shape: readonly [height: number, width: number, channels: number]
}

export interface TranslateOptions {
  /** Pixels of the input by which tiles of a larger picture overlap. Default: a quarter of the generator's shorter side. */
  readonly overlap?: number
  /** Seed of the noise of a generator that has some. Default 0. */
  readonly seed?: number
  /** Hears how many tiles are done, and how many there are, while some are left; the next ones wait for it, and an error of it ends the work. */
  onTiles?(done: number, total: number): void | Promise<void>
}

/** Tiles that go through the generator at once. */
const tilesAtOnce = 16

/**
 * What an image-to-image generator makes of a picture of any size. One of the generator's own size is translated as a whole; others
 * in tiles of that size, which overlap and are blended where they do. At the edges tiles see the picture reflected.
 * @returns a picture as many times as large as the generator's outputs are than its inputs
 * @throws GankitError for a generator without an image for a condition, a picture of other channels, and an overlap that is as wide as
 *   a tile
 */
export async function translatePicture(
  generator: Generator,
  picture: TranslatedPicture,
  { overlap, seed = 0, onTiles }: TranslateOptions = {},
): Promise<TranslatedPicture> {
  const { input, output, scale } = describeSizes(generator)
  const [height, width, channels] = picture.shape
  if (channels !== input[2])
    throw new GankitError(
      'inference',
      'data',
      `the picture has ${channels} channels, expected ${input[2]}: ${input[2] === 1 ? 'make it gray' : 'make it red, green and blue'}`,
    )
  const isWhole = height === input[0] && width === input[1]
  const shared = isWhole ? 0 : (overlap ?? Math.floor(Math.min(input[0], input[1]) / 4))
  checkInteger('inference', 'overlap', shared, 0)
  if (shared >= Math.min(input[0], input[1]))
    throw new GankitError(
      'inference',
      'option',
      `overlap is ${shared}, expected less than the side of a tile, ${Math.min(input[0], input[1])}`,
      { option: 'overlap' },
    )
  const [ys, xs] = [placeTiles(height, input[0], shared), placeTiles(width, input[1], shared)]
  const tiles = ys.flatMap(y => xs.map(x => [y, x] as const))
  const sum = new Float32Array(height * scale * width * scale * output[2])
  const weight = new Float32Array(height * scale * width * scale)
  const blend = blendWeights(output, shared * scale)
  for (let from = 0; from < tiles.length; from += tilesAtOnce) {
    const some = tiles.slice(from, from + tilesAtOnce)
    const condition = new Float32Array(some.length * input[0] * input[1] * channels)
    for (const [i, place] of some.entries())
      condition.set(cutTile(picture, place, input), i * input[0] * input[1] * channels)
    // Every tile has the same noise: another answer in each would not fit together.
    const noise = generator.noise && repeat(drawNoise(generator, 1, seed), some.length)
    const made = await sample(generator, { count: some.length, condition, ...(noise && { noise }) }, { seed })
    for (const [i, [y, x]] of some.entries()) {
      const tile = made.samples.subarray(i * blend.length * output[2], (i + 1) * blend.length * output[2])
      addTile(
        { sum, weight, width: width * scale, height: height * scale },
        tile as Float32Array,
        [y * scale, x * scale],
        output,
        blend,
      )
    }
    const done = from + some.length
    if (done < tiles.length) await onTiles?.(done, tiles.length)
  }
  for (let place = 0; place < weight.length; place++)
    for (let c = 0; c < output[2]; c++) sum[place * output[2] + c]! /= weight[place]!
  return { values: sum, shape: [height * scale, width * scale, output[2]] }
}

type Size = readonly [height: number, width: number, channels: number]

/** Sizes of what goes in and comes out, and how many times as large the latter is. @throws GankitError where they don't fit */
export function describeSizes({ condition, sampleShape }: Generator | Omit<Generator, 'model'>): {
  readonly input: Size
  readonly output: Size
  readonly scale: number
} {
  if (condition?.kind !== 'image' || sampleShape.length !== 3)
    throw new GankitError(
      'inference',
      'option',
      `the generator starts from ${condition ? `a condition of kind '${condition.kind}'` : 'noise'}, expected one that turns pictures into pictures: such as that of edges-to-faces`,
    )
  const [input, output] = [condition.shape, sampleShape as unknown as Size]
  const scale = output[0] / input[0]
  if (!Number.isInteger(scale) || output[1] !== scale * input[1])
    throw new GankitError(
      'inference',
      'data',
      `the generator makes ${output[0]}×${output[1]} out of ${input[0]}×${input[1]}, expected a whole number of times as much in both`,
    )
  return { input, output, scale }
}

/** Where tiles begin so that they cover a length and overlap by at least so much; one tile that is longer begins before it. */
function placeTiles(length: number, tile: number, overlap: number): number[] {
  if (length <= tile) return [-Math.floor((tile - length) / 2)]
  const count = Math.ceil((length - overlap) / (tile - overlap))
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - tile)) / (count - 1)))
}

/** A tile of a picture, which is reflected where the tile goes beyond it. */
function cutTile(
  { values, shape: [height, width, channels] }: TranslatedPicture,
  [top, left]: readonly [number, number],
  [rows, columns]: Size,
): Float32Array {
  const tile = new Float32Array(rows * columns * channels)
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const from = (reflect(top + y, height) * width + reflect(left + x, width)) * channels
      tile.set(values.subarray(from, from + channels), (y * columns + x) * channels)
    }
  return tile
}

/** A place inside of a length, mirrored at both ends without repeating them. */
function reflect(place: number, length: number): number {
  if (length === 1) return 0
  const period = 2 * (length - 1)
  const at = ((place % period) + period) % period
  return at < length ? at : period - at
}

/** How much each place of a tile counts: it rises in a straight line from the edge over the overlap. [rows · columns] */
function blendWeights([rows, columns]: Size, overlap: number): Float32Array {
  const rise = (place: number, length: number) =>
    Math.min(1, (Math.min(place, length - 1 - place) + 1) / (overlap + 1))
  return Float32Array.from(
    { length: rows * columns },
    (_, i) => rise(Math.floor(i / columns), rows) * rise(i % columns, columns),
  )
}

interface Canvas {
  readonly sum: Float32Array
  readonly weight: Float32Array
  readonly width: number
  readonly height: number
}

function addTile(
  { sum, weight, width, height }: Canvas,
  tile: Float32Array,
  [top, left]: readonly [number, number],
  [rows, columns, channels]: Size,
  blend: Float32Array,
): void {
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const [atY, atX] = [top + y, left + x]
      if (atY < 0 || atX < 0 || atY >= height || atX >= width) continue
      const [place, share] = [atY * width + atX, blend[y * columns + x]!]
      weight[place]! += share
      for (let c = 0; c < channels; c++)
        sum[place * channels + c]! += share * tile[(y * columns + x) * channels + c]!
    }
}

function repeat(row: Float32Array, count: number): Float32Array {
  const all = new Float32Array(row.length * count)
  for (let i = 0; i < count; i++) all.set(row, i * row.length)
  return all
}
