import { type Generator, type Latent, normalPrior } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  averageRows,
  drawArithmetic,
  drawInputs,
  drawNoise,
  drawSamples,
  sumAndNeighbors,
} from '../src/index.ts'
import { faces, sentences, translator } from './generators.ts'

const noise: Latent = { size: 4, prior: normalPrior(0, 0.2) }

/** A generator whose image is its noise. */
function mirror(): Generator {
  const reshape = tf.layers.reshape({ targetShape: [2, 2, 1], inputShape: [4] })
  return { model: tf.sequential({ layers: [reshape] }), noise, sampleShape: [2, 2, 1] }
}

const lists = [
  [3, 7, 9],
  [1, 4],
  [2, 5, 6],
] as const

test('chosen samples, their averages, and A − B + C amid 8 neighbors', async () => {
  const [a, b, c] = lists
  const grid = await drawArithmetic(mirror(), { a, b, c }, 4)
  // Columns: three samples, a free one, the average, a free one, three of the result.
  expect([grid.columns, grid.samples.length, grid.background]).toEqual([9, 3 * 9 * 4, 64])
  const tile = (row: number, column: number) =>
    grid.samples.slice((row * 9 + column) * 4, (row * 9 + column + 1) * 4)
  const free = new Float32Array(4).fill(64 / 127.5 - 1)

  const rows = drawNoise({ noise }, 10, 4)
  const sampleAt = (row: number) => rows.slice(row * 4, row * 4 + 4)
  const means = lists.map(list => averageRows(rows, 4, list))
  for (const [row, list] of lists.entries()) {
    for (const [i, number] of list.entries()) expect(tile(row, 3 - list.length + i)).toEqual(sampleAt(number))
    expect(tile(row, 4)).toEqual(Float32Array.from(means[row]!))
    for (const column of [3, 5]) expect(tile(row, column)).toEqual(free)
  }
  expect(tile(1, 0)).toEqual(free)
  const sum = Float32Array.from(means[0]!, (value, i) => value - means[1]![i]! + means[2]![i]!)
  expect(tile(1, 7)).toEqual(sum)
  const neighbors = [6, 7, 8].flatMap(column => [0, 1, 2].map(row => tile(row, column)))
  expect(new Set(neighbors.map(String)).size).toBe(9)
  for (const neighbor of neighbors)
    for (const [i, value] of neighbor.entries()) expect(Math.abs(value - sum[i]!)).toBeLessThanOrEqual(0.2501)
})

test('the noise around the result is uniform, of ±0.25', () => {
  const size = 1000
  const [a, b, c] = [1, 2, 4].map(value => new Float64Array(size).fill(value))
  const latents = sumAndNeighbors(a!, b!, c!, 0)
  expect(new Set(latents.subarray(4 * size, 5 * size))).toEqual(new Set([3]))
  const offsets = [...latents].filter((_, i) => Math.floor(i / size) !== 4).map(value => value - 3)
  expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(0.2501)
  const moment = (power: number) => offsets.reduce((sum, value) => sum + value ** power, 0) / offsets.length
  // ±5 deviations of the mean of 8,000, and of their squares.
  expect(Math.abs(moment(1))).toBeLessThan((5 * 0.25) / Math.sqrt(3 * 8000))
  expect(moment(2) / (0.25 ** 2 / 3)).toBeCloseTo(1, 1)
  expect(sumAndNeighbors(a!, b!, c!, 0)).toEqual(latents)
  expect(sumAndNeighbors(a!, b!, c!, 1)).not.toEqual(latents)
})

test('the average of A alone, of the samples that a seed numbers', async () => {
  const { samples, columns } = await drawArithmetic(mirror(), { a: [0, 8, 8] }, 0)
  const drawn = await drawSamples(mirror(), 9, 0)
  expect([columns, samples.length]).toEqual([5, 5 * 4])
  expect(samples.slice(0, 4)).toEqual(drawn.samples.slice(0, 4))
  expect(samples.slice(8, 12)).toEqual(drawn.samples.slice(32, 36))
  expect([...averageRows(Float32Array.of(1, 2, 10, 20, 4, 8), 2, [0, 2, 2])]).toEqual([3, 6])
})

test('a condition is averaged too, and neighbors share it', async () => {
  // A generator whose image is its condition, of four values.
  const inputs = [tf.input({ shape: [4] }), tf.input({ shape: [4] })]
  const sum = tf.layers
    .add()
    .apply([
      tf.layers
        .dense({ units: 4, useBias: false, kernelInitializer: 'zeros' })
        .apply(inputs[0]!) as tf.SymbolicTensor,
      inputs[1]!,
    ]) as tf.SymbolicTensor
  const condition = {
    kind: 'categories',
    attributes: [{ name: 'side', values: ['a', 'b', 'c', 'd'] }],
  } as const
  const outputs = tf.layers.reshape({ targetShape: [2, 2, 1] }).apply(sum) as tf.SymbolicTensor
  const generator: Generator = { ...mirror(), model: tf.model({ inputs, outputs }), condition }
  const [a, b, c] = lists
  const { samples } = await drawArithmetic(generator, { a, b, c }, 4)
  const given = drawInputs(generator, 10, 4).condition as Float32Array
  const means = lists.map(list => averageRows(given, 4, list))
  const expected = Float32Array.from(means[0]!, (value, i) => value - means[1]![i]! + means[2]![i]!)
  for (const row of [0, 1, 2])
    for (const column of [6, 7, 8])
      expect(samples.slice((row * 9 + column) * 4, (row * 9 + column + 1) * 4)).toEqual(expected)
})

test.each<[string, () => Promise<unknown>, string]>([
  [
    'B without C',
    () => drawArithmetic(mirror(), { a: [1], b: [2] }, 0),
    'got b without c, expected both, for A − B + C, or neither',
  ],
  ['C without B', () => drawArithmetic(mirror(), { a: [1], c: [2] }, 0), 'got c without b, expected both'],
  [
    'an empty list',
    () => drawArithmetic(faces(), { a: [] }, 0),
    'the number of chosen samples is 0, expected one or more',
  ],
  [
    'half a sample',
    () => drawArithmetic(faces(), { a: [0.5] }, 0),
    'a chosen sample is 0.5, expected a whole number',
  ],
  [
    'a translator',
    () => drawArithmetic(translator(), { a: [1] }, 0),
    'the generator takes no noise, expected noise',
  ],
  ['a sentence', () => drawArithmetic(sentences(), { a: [1] }, 0), 'the generator takes no noise'],
])('%s is refused', async (_, draw, message) => {
  await expect(draw()).rejects.toThrow(message)
})
