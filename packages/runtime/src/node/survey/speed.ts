import * as tf from '@tensorflow/tfjs'
import { createGanStep } from './gan-step.ts'

/** The speed of a backend; each number is the best of several runs. */
export interface Speed {
  /** Of a product of two square matrices, in GFLOP/s. */
  readonly matMul: number
  /** Of a 5×5 convolution with stride 2 and 64 → 128 channels, forward and both gradients, in GFLOP/s. */
  readonly conv: number
  /** Images a second of the training steps of a small convolutional GAN; absent where one would take too long. */
  readonly images?: number
}

/** GFLOP/s of convolutions below which a step of the GAN would take too long to measure. */
const minConvolutionRate = 1

/** Measures the backend that runs now, which takes about five seconds. */
export async function measureSpeed(): Promise<Speed> {
  const matMul = await measureRate([256, 512, 1024, 2048, 4096], 1, createProduct)
  const conv = await measureRate([1, 2, 4, 8, 16, 32, 64], 1.5, createConvolution)
  if (conv < minConvolutionRate) return { matMul, conv }
  const { run, dispose } = createGanStep(stepBatch)
  const seconds = await measureBest(run, 2)
  dispose()
  return { matMul, conv, images: stepBatch / seconds }
}

const stepBatch = 32

interface Work {
  /** Floating-point operations of one run. */
  readonly flop: number
  /** Resolves when the result has been computed. */
  run(): Promise<void>
  dispose(): void
}

/** GFLOP/s at the first size whose run takes much longer than its overhead, or else at the last size. */
async function measureRate(
  sizes: readonly number[],
  seconds: number,
  createWork: (size: number) => Work,
): Promise<number> {
  let rate = 0
  for (const size of sizes) {
    const { flop, run, dispose } = createWork(size)
    const once = await measureBest(run, 0)
    const last = once > 0.02 || size === sizes.at(-1)
    rate = flop / 1e9 / (last ? await measureBest(run, seconds) : once)
    dispose()
    if (last) break
  }
  return rate
}

/** Seconds of the fastest run among those that fit into a time, at least two. */
async function measureBest(run: () => Promise<void>, seconds: number): Promise<number> {
  await run()
  let fastest = Number.POSITIVE_INFINITY
  const start = performance.now()
  do {
    const before = performance.now()
    await run()
    fastest = Math.min(fastest, (performance.now() - before) / 1000)
  } while (performance.now() - start < 1000 * seconds)
  return fastest
}

function createProduct(size: number): Work {
  const a = tf.ones<tf.Rank.R2>([size, size])
  const run = async () => {
    const product = tf.matMul(a, a)
    await waitFor(product)
    product.dispose()
  }
  return { flop: 2 * size ** 3, run, dispose: () => a.dispose() }
}

function createConvolution(batch: number): Work {
  const x = tf.ones<tf.Rank.R4>([batch, 14, 14, 64])
  const filter = tf.ones<tf.Rank.R4>([5, 5, 64, 128])
  const gradients = tf.grads((x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'))
  const run = async () => {
    const both = tf.tidy(() => gradients([x, filter]))
    for (const gradient of both) await waitFor(gradient)
    tf.dispose(both)
  }
  const products = batch * 7 * 7 * 25 * 64 * 128
  // The gradients include the forward pass, whose result is not used.
  return { flop: 3 * 2 * products, run, dispose: () => tf.dispose([x, filter]) }
}

/** Waits until a tensor is computed, on backends that queue their work too, and reads only one number of it. */
async function waitFor(tensor: tf.Tensor): Promise<void> {
  const one = tf.tidy(() => tensor.flatten().slice([0], [1]))
  await one.data()
  one.dispose()
}
