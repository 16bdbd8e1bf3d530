import { hasTrainingKernel, runTrainingKernel, type TrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type Case, createCase } from '../case.ts'
import { draw, type Shape } from '../draw.ts'
import { expectNumbers } from '../expect-numbers.ts'
import { batchNorm, instanceNorm, splitImages, statistics } from '../reference/batch-norm.ts'
import { slope } from '../reference/slopes.ts'

type Numbers = Float64Array

interface Contract {
  readonly kernel: TrainingKernel
  readonly shapes: Readonly<Record<string, Shape>>
  readonly attributes: Readonly<Record<string, number>>
  /** Makes of the numbers drawn what the kernel may be given. */
  prepare?(inputs: Record<string, Numbers>): void
  /** The outputs, in their order. */
  reference(inputs: Record<string, Numbers>): ArrayLike<number>[]
}

const adamOf = (shape: Shape): Contract => ({
  kernel: 'AdamUpdate',
  shapes: { weight: shape, m: shape, v: shape, gradient: shape },
  attributes: { rate: 0.01, beta1: 0.5, beta2: 0.999, epsilon: 1e-7 },
  prepare({ v }) {
    v!.forEach((value, i) => {
      v![i] = value * value
    })
  },
  reference({ weight, m, v, gradient }) {
    const nextM = m!.map((value, i) => 0.5 * value + 0.5 * gradient![i]!)
    const nextV = v!.map((value, i) => 0.999 * value + 0.001 * gradient![i]! ** 2)
    const next = weight!.map((value, i) => value - (0.01 * nextM[i]!) / (Math.sqrt(nextV[i]!) + 1e-7))
    return [next, nextM, nextV]
  },
})

const epsilon = 1e-5
const batchNormOf = (rows: number, c: number): Contract => ({
  kernel: 'BatchNorm',
  shapes: { x: [rows, c], gamma: [c], beta: [c] },
  attributes: { epsilon },
  reference({ x, gamma, beta }) {
    const { mean, variance } = statistics(x!, c)
    return [batchNorm(x!, gamma!, beta!, epsilon), mean, variance]
  },
})

const batchNormGradOf = (rows: number, c: number): Contract => ({
  kernel: 'BatchNormGrad',
  shapes: { dy: [rows, c], x: [rows, c], gamma: [c], mean: [c], variance: [c] },
  attributes: { epsilon },
  prepare(inputs) {
    Object.assign(inputs, statistics(inputs['x']!, c))
  },
  reference({ dy, x, gamma }) {
    const loss = ([x, gamma, beta]: readonly Numbers[]) =>
      batchNorm(x!, gamma!, beta!, epsilon).reduce((sum, y, i) => sum + y * dy![i]!, 0)
    const at = [x!, gamma!, new Float64Array(c)]
    return [0, 1, 2].map(which => slope(loss, at, which))
  },
})

const joined = (parts: readonly Numbers[]) => Float64Array.from(parts.flatMap(part => [...part]))
const statisticsOfImages = (x: Numbers, n: number, c: number) => {
  const each = splitImages(n, x).map(([image]) => statistics(image!, c))
  return {
    mean: joined(each.map(({ mean }) => mean)),
    variance: joined(each.map(({ variance }) => variance)),
  }
}

const instanceNormOf = (n: number, rows: number, c: number): Contract => ({
  kernel: 'InstanceNorm',
  shapes: { x: [n, rows, c], gamma: [n, c], beta: [n, c] },
  attributes: { epsilon },
  reference({ x, gamma, beta }) {
    const { mean, variance } = statisticsOfImages(x!, n, c)
    return [instanceNorm(x!, gamma!, beta!, epsilon, n), mean, variance]
  },
})

const instanceNormGradOf = (n: number, rows: number, c: number): Contract => ({
  kernel: 'InstanceNormGrad',
  shapes: { dy: [n, rows, c], x: [n, rows, c], gamma: [n, c], mean: [n, c], variance: [n, c] },
  attributes: { epsilon },
  prepare(inputs) {
    Object.assign(inputs, statisticsOfImages(inputs['x']!, n, c))
  },
  reference({ dy, x, gamma }) {
    const loss = ([x, gamma, beta]: readonly Numbers[]) =>
      instanceNorm(x!, gamma!, beta!, epsilon, n).reduce((sum, y, i) => sum + y * dy![i]!, 0)
    const at = [x!, gamma!, new Float64Array(n * c)]
    return [0, 1, 2].map(which => slope(loss, at, which))
  },
})

const leakyReluGradOf = (shape: Shape): Contract => ({
  kernel: 'LeakyReluGrad',
  shapes: { dy: shape, x: shape },
  attributes: { alpha: 0.2 },
  prepare({ x }) {
    // Zero is not above zero.
    x![0] = 0
  },
  reference: ({ dy, x }) => [dy!.map((value, i) => (x![i]! > 0 ? value : 0.2 * value))],
})

type Borders = Readonly<Record<'top' | 'bottom' | 'left' | 'right', number>>
const reflectionPadGradOf = (
  [n, h, w, c]: readonly [number, number, number, number],
  borders: Borders,
): Contract => {
  const { top, bottom, left, right } = borders
  const [high, wide] = [top + h + bottom, left + w + right]
  const inside = (at: number, size: number) => (at < 0 ? -at : at >= size ? 2 * size - 2 - at : at)
  return {
    kernel: 'ReflectionPadGrad',
    shapes: { dy: [n, high, wide, c] },
    attributes: borders,
    reference({ dy }) {
      const dx = new Float64Array(n * h * w * c)
      dy!.forEach((value, i) => {
        const [channel, at] = [i % c, Math.floor(i / c)]
        const image = Math.floor(at / (high * wide))
        const [y, x] = [inside((Math.floor(at / wide) % high) - top, h), inside((at % wide) - left, w)]
        dx[((image * h + y) * w + x) * c + channel]! += value
      })
      return [dx]
    },
  }
}

const squaredSumOf = (shape: Shape): Contract => ({
  kernel: 'SquaredSum',
  shapes: { x: shape },
  attributes: {},
  reference: ({ x }) => [[x!.reduce((sum, value) => sum + value * value, 0)]],
})

const contracts: Contract[] = [
  ...[[1], [5], [64], [1031], [5, 5, 3, 17]].map(adamOf),
  ...[[1], [5], [64], [1031], [3, 5, 5, 7]].map(leakyReluGradOf),
  reflectionPadGradOf([2, 3, 4, 5], { top: 2, bottom: 2, left: 3, right: 3 }),
  reflectionPadGradOf([1, 5, 3, 1], { top: 0, bottom: 1, left: 2, right: 0 }),
  reflectionPadGradOf([3, 7, 6, 16], { top: 3, bottom: 3, left: 3, right: 3 }),
  // Up to several chunks on every backend.
  ...[[], [0], [5], [256], [1031], [3, 5, 5, 7], [70_001]].map(squaredSumOf),
  ...(
    [
      [2, 1],
      [9, 3],
      [16, 4],
      [13, 17],
      [6, 130],
    ] as const
  ).flatMap(([rows, c]) => [batchNormOf(rows, c), batchNormGradOf(rows, c)]),
  ...(
    [
      [1, 2, 1],
      [3, 9, 3],
      [2, 70, 4],
      [4, 5, 17],
      [2, 6, 40],
    ] as const
  ).flatMap(([n, rows, c]) => [instanceNormOf(n, rows, c), instanceNormGradOf(n, rows, c)]),
]

/** The training kernels of the backend's own, each against the formulas of its contract; none where it has none. */
export const trainingKernelCases = (): Case[] =>
  contracts.map(({ kernel, shapes, attributes, prepare, reference }) => {
    const name = `${kernel} on [${Object.values(shapes)[0]}]`
    return createCase(name, async () => {
      if (!hasTrainingKernel(kernel)) return
      const drawn = Object.entries(shapes).map(
        ([input, shape]) => [input, draw(`${name}/${input}`, shape)] as const,
      )
      const inputs = Object.fromEntries(drawn.map(([input, values]) => [input, Float64Array.from(values)]))
      prepare?.(inputs)
      const tensors: Record<string, tf.Tensor> = {}
      for (const [input, shape] of Object.entries(shapes))
        tensors[input] = tf.tensor(Float32Array.from(inputs[input]!), [...shape])
      const outputs = runTrainingKernel(kernel, tensors, attributes)
      const expected = reference(inputs)
      if (outputs.length !== expected.length)
        throw new Error(`${kernel} gave ${outputs.length} outputs, expected ${expected.length}`)
      for (const [i, output] of outputs.entries()) await expectNumbers(`output ${i}`, output, expected[i]!)
      // An input that changed, or that went with its output, shows here.
      for (const [input, tensor] of Object.entries(tensors))
        await expectNumbers(`the input ${input}`, tensor, Float32Array.from(inputs[input]!), 0)
    })
  })
