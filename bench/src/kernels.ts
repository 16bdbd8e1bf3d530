import { runTrainingKernel } from '@gankit/core'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'

/** Something to time; its result is thrown away. */
interface Case {
  readonly what: string
  readonly kernel: string
  /** Multiplications and additions that the result takes, in 10⁹; for products and convolutions. */
  readonly gflop?: number
  readonly run: () => unknown
}

const rounds = 15

/**
 * Times the wasm backend's training kernels beside the stock ones, at the sizes of full-width networks with 64
 * samples. Both take turns in one process, and the best of 15 turns counts, so that other work on the machine
 * matters little.
 */
export async function kernels(): Promise<void> {
  await selectBackend({ backend: 'cpu' })
  const names = new Set(cases().map(({ kernel }) => kernel))
  const stock = kernelsNow(names)
  for (const threads of [1, 2]) {
    await selectBackend({ backend: 'wasm', threads })
    const ours = kernelsNow(names)
    console.log(`${threads} ${threads === 1 ? 'thread' : 'threads'}`)
    const rows = cases().map(({ what, kernel, gflop, run }) => {
      const best = { stock: Number.POSITIVE_INFINITY, ours: Number.POSITIVE_INFINITY }
      for (let round = 0; round < rounds; round++)
        for (const [name, kernels] of [
          ['stock', stock],
          ['ours', ours],
        ] as const) {
          const used = kernels.get(kernel)
          if (!used) continue
          use(used)
          best[name] = Math.min(best[name], milliseconds(run))
        }
      for (const kernel of ours.values()) use(kernel)
      const round = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(3)) : '–')
      return {
        what,
        'stock, ms': round(best.stock),
        'ours, ms': round(best.ours),
        ratio: round(best.stock / best.ours),
        'GFLOP/s': gflop ? round((1000 * gflop) / best.ours) : '',
      }
    })
    console.table(rows)
  }
}

function kernelsNow(names: ReadonlySet<string>): Map<string, tf.KernelConfig> {
  const found = [...names].flatMap(name => tf.getKernel(name, 'wasm') ?? [])
  return new Map(found.map(kernel => [kernel.kernelName, kernel]))
}

function use(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName)
  tf.registerKernel(kernel)
}

// The kernels of wasm have done their work when they return, so nothing has to be read back.
function milliseconds(run: () => unknown): number {
  const start = performance.now()
  tf.tidy(() => void run())
  return performance.now() - start
}

function cases(): Case[] {
  const drawn = (...shape: number[]) => tf.randomNormal(shape)
  const image = (...shape: number[]) => drawn(...shape) as tf.Tensor4D
  const [x, kernel, dy] = [drawn(64, 784), drawn(784, 512), drawn(64, 512)]
  const [small, large] = [image(64, 7, 7, 128), image(64, 14, 14, 64)]
  const filter = image(5, 5, 64, 128)
  const rows = large.reshape([-1, 64])
  const [one, zero] = [tf.ones([64]), tf.zeros([64])]
  const dense = { kernel: 'BatchMatMul', gflop: (2 * 64 * 784 * 512) / 1e9 }
  const convolution = (2 * 64 * 49 * 1600 * 128) / 1e9
  const filterGradient = { strides: [2, 2], pad: 'same', dataFormat: 'NHWC', filterShape: filter.shape }
  return [
    { what: 'x·W, 64×784 · 784×512', ...dense, run: () => tf.matMul(x, kernel) },
    { what: 'dy·Wᵀ, 64×512 · (784×512)ᵀ', ...dense, run: () => tf.matMul(dy, kernel, false, true) },
    { what: 'xᵀ·dy, (64×784)ᵀ · 64×512', ...dense, run: () => tf.matMul(x, dy, true, false) },
    {
      what: 'convolution, 14×14×64 → 7×7×128, kernel 5',
      kernel: 'Conv2D',
      gflop: convolution,
      run: () => tf.conv2d(large, filter, 2, 'same'),
    },
    {
      what: 'its gradient of the input, and conv2dTranspose',
      kernel: 'Conv2DBackpropInput',
      gflop: convolution,
      run: () => tf.conv2dTranspose(small, filter, [64, 14, 14, 64], 2, 'same'),
    },
    {
      what: 'its gradient of the filter',
      kernel: 'Conv2DBackpropFilter',
      gflop: convolution,
      run: () =>
        tf
          .engine()
          .runKernel('Conv2DBackpropFilter', { x: large, dy: small }, filterGradient as tf.NamedAttrMap),
    },
    { what: 'sum over 12,544 rows of 64', kernel: 'Sum', run: () => tf.sum(rows, 0) },
    { what: 'LeakyReLU of 12,544×64', kernel: 'LeakyRelu', run: () => tf.leakyRelu(rows, 0.2) },
    {
      what: 'batch norm of 12,544×64',
      kernel: 'BatchNorm',
      run: () => runTrainingKernel('BatchNorm', { x: rows, gamma: one, beta: zero }, { epsilon: 1e-5 }),
    },
    {
      what: 'Adam on 784×512',
      kernel: 'AdamUpdate',
      run: () =>
        runTrainingKernel(
          'AdamUpdate',
          { weight: kernel, m: kernel, v: kernel, gradient: kernel },
          { rate: 1e-3, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 },
        ),
    },
    { what: 'clone of 784×512', kernel: 'Identity', run: () => tf.clone(kernel) },
  ]
}
