import * as tf from '@tensorflow/tfjs'
import { ganStep } from './survey-step.ts'

/** What a backend manages; each figure is the best of several turns. */
export interface Speed {
  /** Of a product of two square matrices, in GFLOP/s. */
  readonly matMul: number
  /** Of a 5×5 convolution with stride 2 and 64 → 128 channels, forward and both gradients, in GFLOP/s. */
  readonly conv: number
  /** Images a second of the training steps of a small convolutional GAN; absent where one would take too long. */
  readonly images?: number
}

/** Below this, a step of the GAN takes longer than the whole check should. */
const slowest = 1

/** Measures the backend that runs now, in about five seconds. */
export async function measureSpeed(): Promise<Speed> {
  const matMul = await growing([256, 512, 1024, 2048, 4096], 1, productOf)
  const conv = await growing([1, 2, 4, 8, 16, 32, 64], 1.5, convolutionOf)
  if (conv < slowest) return { matMul, conv }
  const { run, dispose } = ganStep(stepBatch)
  const seconds = await best(run, 2)
  dispose()
  return { matMul, conv, images: stepBatch / seconds }
}

const stepBatch = 32

interface Work {
  /** Floating-point operations of one run. */
  readonly flop: number
  /** Resolves when its result is there. */
  run(): Promise<void>
  dispose(): void
}

/** GFLOP/s of the first size at which one run takes long enough to be told from its overhead, or of the last. */
async function growing(
  sizes: readonly number[],
  seconds: number,
  workOf: (size: number) => Work,
): Promise<number> {
  let rate = 0
  for (const size of sizes) {
    const { flop, run, dispose } = workOf(size)
    const once = await best(run, 0)
    const last = once > 0.02 || size === sizes.at(-1)
    rate = flop / 1e9 / (last ? await best(run, seconds) : once)
    dispose()
    if (last) break
  }
  return rate
}

/** Seconds of the fastest of the runs that fit into a time, of at least two. */
async function best(run: () => Promise<void>, seconds: number): Promise<number> {
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

function productOf(size: number): Work {
  const a = tf.ones<tf.Rank.R2>([size, size])
  const run = async () => {
    const product = tf.matMul(a, a)
    await arrived(product)
    product.dispose()
  }
  return { flop: 2 * size ** 3, run, dispose: () => a.dispose() }
}

function convolutionOf(batch: number): Work {
  const x = tf.ones<tf.Rank.R4>([batch, 14, 14, 64])
  const filter = tf.ones<tf.Rank.R4>([5, 5, 64, 128])
  const gradients = tf.grads((x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'))
  const run = async () => {
    const both = tf.tidy(() => gradients([x, filter]))
    for (const gradient of both) await arrived(gradient)
    tf.dispose(both)
  }
  const products = batch * 7 * 7 * 25 * 64 * 128
  // The forward pass is part of the gradients, though its result is not used.
  return { flop: 3 * 2 * products, run, dispose: () => tf.dispose([x, filter]) }
}

/** Waits for a tensor without moving all of it: backends that only queue their work are done then. */
async function arrived(tensor: tf.Tensor): Promise<void> {
  const one = tf.tidy(() => tensor.flatten().slice([0], [1]))
  await one.data()
  one.dispose()
}
