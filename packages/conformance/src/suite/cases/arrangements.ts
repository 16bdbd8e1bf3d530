import { reflectionPadding } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import type { Case } from '../case.ts'
import { createOperationCases, type Operation } from '../operation.ts'
import { columnSums, transposed } from '../reference/matrix.ts'

type Numbers = Float64Array

/** Reads [n, height, width, c] at other places: what a nearest neighbour, a border or a slice does. */
const remapped = (
  x: Numbers,
  [n, height, width, c]: readonly [number, number, number, number],
  [outHeight, outWidth]: readonly [number, number],
  source: (row: number, column: number) => readonly [number, number] | undefined,
): Numbers =>
  Float64Array.from({ length: n * outHeight * outWidth * c }, (_, i) => {
    const [channel, at] = [i % c, Math.floor(i / c)]
    const image = Math.floor(at / (outWidth * outHeight))
    const from = source(Math.floor(at / outWidth) % outHeight, at % outWidth)
    return from ? x[((image * height + from[0]) * width + from[1]) * c + channel]! : 0
  })

const images = [2, 3, 4, 3] as const
const reflected = (x: Numbers, [top, bottom, left, right]: readonly [number, number, number, number]) => {
  const inside = (at: number, size: number) => (at < 0 ? -at : at >= size ? 2 * size - 2 - at : at)
  return remapped(x, images, [top + 3 + bottom, left + 4 + right], (row, column) => [
    inside(row - top, 3),
    inside(column - left, 4),
  ])
}
const picks = [2, 0, 2, 1, 4]

const arrangements: Operation[] = [
  {
    name: 'reshape and flatten',
    inputs: [images],
    run: x => x.reshape([2, 6, 6]).reshape([2, 36]),
    reference: x => x,
  },
  { name: 'transpose', inputs: [[5, 7]], run: x => tf.transpose(x), reference: x => transposed(x, 5, 7) },
  {
    name: 'transpose of the last three axes',
    inputs: [[2, 3, 4, 5]],
    run: x => x.transpose([0, 3, 1, 2]),
    reference: x =>
      Float64Array.from([0, 1].flatMap(i => [...transposed(x.slice(60 * i, 60 * i + 60), 12, 5)])),
  },
  ...[2, 3].map(
    (factor): Operation => ({
      name: `nearest neighbours, ${factor} times`,
      inputs: [images],
      run: x => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [3 * factor, 4 * factor]),
      reference: x =>
        remapped(x, images, [3 * factor, 4 * factor], (row, column) => [
          Math.floor(row / factor),
          Math.floor(column / factor),
        ]),
    }),
  ),
  {
    name: 'upSampling2d',
    inputs: [images],
    run: x => tf.layers.upSampling2d({ size: [2, 2] }).apply(x) as tf.Tensor,
    reference: x => remapped(x, images, [6, 8], (row, column) => [row >> 1, column >> 1]),
  },
  {
    name: 'average pooling',
    inputs: [[2, 4, 6, 3]],
    run: x => tf.avgPool(x as tf.Tensor4D, 2, 2, 'valid'),
    reference: x => {
      const quarter = [0, 1].flatMap(i =>
        [0, 1].map(j => remapped(x, [2, 4, 6, 3], [2, 3], (row, column) => [2 * row + i, 2 * column + j])),
      )
      return quarter[0]!.map((_, i) => quarter.reduce((sum, part) => sum + part[i]!, 0) / 4)
    },
  },
  {
    name: 'pad with zeros',
    inputs: [images],
    run: x =>
      tf.pad(x, [
        [0, 0],
        [1, 2],
        [2, 0],
        [0, 0],
      ]),
    reference: x =>
      remapped(x, images, [6, 6], (row, column) =>
        row >= 1 && row < 4 && column >= 2 ? [row - 1, column - 2] : undefined,
      ),
  },
  {
    name: 'reflected borders',
    inputs: [images],
    run: x =>
      tf.mirrorPad(
        x,
        [
          [0, 0],
          [1, 2],
          [2, 1],
          [0, 0],
        ],
        'reflect',
      ),
    reference: x => reflected(x, [1, 2, 2, 1]),
  },
  // The last has reflections that overlap.
  ...([1, [0, 2, 1, 0], [2, 2, 3, 3]] as const).map(
    (padding): Operation => ({
      name: `reflection padding of ${padding}`,
      inputs: [images],
      run: x => reflectionPadding({ padding }).apply(x) as tf.Tensor,
      reference: x => reflected(x, padding === 1 ? [1, 1, 1, 1] : padding),
    }),
  ),
  {
    name: 'slice',
    inputs: [images],
    run: x => tf.slice(x, [0, 1, 1, 0], [-1, 2, 2, -1]),
    reference: x => remapped(x, images, [2, 2], (row, column) => [row + 1, column + 1]),
  },
  {
    name: 'concat of channels',
    inputs: [
      [2, 3, 2],
      [2, 3, 4],
    ],
    run: (a, b) => tf.concat([a!, b!], 2),
    reference: (a, b) =>
      Float64Array.from({ length: 36 }, (_, i) => {
        const [pixel, channel] = [Math.floor(i / 6), i % 6]
        return channel < 2 ? a![2 * pixel + channel]! : b![4 * pixel + channel - 2]!
      }),
  },
  {
    name: 'gather of rows, some twice',
    inputs: [[5, 6]],
    run: x => tf.gather(x, tf.tensor1d(picks, 'int32')),
    reference: x => Float64Array.from(picks.flatMap(row => [...x.slice(6 * row, 6 * row + 6)])),
  },
  // More than a GPU's program binds: 7 buffers of a WebGPU device, 16 textures of WebGL.
  ...[8, 20].map(
    (count): Operation => ({
      name: `sum of ${count} tensors`,
      inputs: Array.from({ length: count }, () => [3, 2]),
      run: (...x) => tf.addN(x),
      reference: (...x) => x[0]!.map((_, i) => x.reduce((sum, one) => sum + one[i]!, 0)),
    }),
  ),
  { name: 'sum of all', inputs: [[5, 6]], run: x => x.sum(), reference: x => columnSums(x, 1) },
  { name: 'sum of columns', inputs: [[5, 6]], run: x => x.sum(0), reference: x => columnSums(x, 6) },
  {
    name: 'sum of rows',
    inputs: [[5, 6]],
    run: x => x.sum(1),
    reference: x => columnSums(transposed(x, 5, 6), 5),
  },
  {
    name: 'mean of pixels',
    inputs: [images],
    run: x => x.mean([0, 1, 2]),
    reference: x => columnSums(x, 3).map(sum => sum / 24),
  },
  {
    name: 'maximum of pairs',
    inputs: [[5, 6, 2]],
    run: x => x.max(2),
    reference: x => Float64Array.from({ length: 30 }, (_, i) => Math.max(x[2 * i]!, x[2 * i + 1]!)),
  },
  {
    name: 'bias and scale, broadcast',
    inputs: [images, [3], [3]],
    run: (x, scale, bias) => x!.mul(scale!).add(bias!),
    reference: (x, scale, bias) => x!.map((value, i) => value * scale![i % 3]! + bias![i % 3]!),
  },
  {
    name: 'quotient and difference, broadcast',
    inputs: [[4, 3], [4, 1], [3]],
    run: (x, divisor, offset) => x!.sub(offset!).div(divisor!.square().add(1)),
    reference: (x, divisor, offset) =>
      x!.map((value, i) => (value - offset![i % 3]!) / (divisor![Math.floor(i / 3)]! ** 2 + 1)),
  },
]

export const arrangementCases = (): Case[] => arrangements.flatMap(createOperationCases)
