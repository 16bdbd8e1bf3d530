import { forward, randomStream, sampleLatent, trainableWeights } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { createVanillaGan, recipes } from '@gankit/vanilla-gan'
import * as tf from '@tensorflow/tfjs'

/** Something to time; its result is thrown away. */
interface Case {
  readonly what: string
  readonly run: () => unknown
}

const replaced = ['BatchMatMul', 'Identity']
const rounds = 30

/**
 * Times the wasm backend's training kernels beside the stock ones, at the sizes of recipe `course` with 64 samples.
 * Both take turns in one process, and the best of 30 turns counts, so that other work on the machine tells little.
 */
export async function kernels(): Promise<void> {
  await selectBackend({ backend: 'cpu' })
  const stock = kernelsNow()
  for (const threads of [1, 2]) {
    await selectBackend({ backend: 'wasm', threads })
    const ours = kernelsNow()
    console.log(`${threads} ${threads === 1 ? 'thread' : 'threads'}`)
    const rows = cases().map(({ what, run }) => {
      const best = { stock: Number.POSITIVE_INFINITY, ours: Number.POSITIVE_INFINITY }
      for (let round = 0; round < rounds; round++)
        for (const [name, kernels] of [
          ['stock', stock],
          ['ours', ours],
        ] as const) {
          use(kernels)
          best[name] = Math.min(best[name], milliseconds(run))
        }
      const round = (value: number) => Number(value.toPrecision(3))
      return {
        what,
        'stock, ms': round(best.stock),
        'ours, ms': round(best.ours),
        ratio: round(best.stock / best.ours),
      }
    })
    use(ours)
    console.table(rows)
  }
}

const kernelsNow = (): tf.KernelConfig[] => replaced.map(name => tf.getKernel(name, 'wasm')!)

function use(kernels: readonly tf.KernelConfig[]): void {
  for (const kernel of kernels) {
    tf.unregisterKernel(kernel.kernelName, kernel.backendName)
    tf.registerKernel(kernel)
  }
}

// The kernels of wasm have done their work when they return, so nothing has to be read back.
function milliseconds(run: () => unknown): number {
  const start = performance.now()
  tf.tidy(() => void run())
  return performance.now() - start
}

function cases(): Case[] {
  const matrix = (rows: number, columns: number) => tf.randomNormal<tf.Rank.R2>([rows, columns])
  const [x, kernel, dy] = [matrix(64, 784), matrix(784, 512), matrix(64, 512)]
  const [hidden, last, image] = [matrix(64, 1024), matrix(1024, 784), matrix(64, 784)]
  return [
    { what: 'x·W, 64×784 · 784×512', run: () => tf.matMul(x, kernel) },
    { what: 'dy·Wᵀ, 64×512 · (784×512)ᵀ', run: () => tf.matMul(dy, kernel, false, true) },
    { what: 'dy·Wᵀ, 64×784 · (1024×784)ᵀ', run: () => tf.matMul(image, last, false, true) },
    { what: 'xᵀ·dy, (64×784)ᵀ · 64×512', run: () => tf.matMul(x, dy, true, false) },
    { what: 'xᵀ·dy, (64×1024)ᵀ · 64×784', run: () => tf.matMul(hidden, image, true, false) },
    { what: 'clone of 784×512', run: () => tf.clone(kernel) },
    { what: "gradients of D's and G's losses", run: gradients() },
  ]
}

/** What a training step of recipe `course` differentiates, without the optimizer. */
function gradients(): () => unknown {
  const { generator, discriminator, latent } = createVanillaGan(recipes.course)
  const { discriminator: lossD, generator: lossG } = nonSaturating()
  const real = tf.randomUniform([64, 28, 28, 1], -1, 1)
  const z = sampleLatent(latent, 64, randomStream(1, 'latent'))
  const fake = () => forward(generator, z, { training: true })
  const verdict = (samples: tf.Tensor) => forward(discriminator, samples, { training: true })
  const own = (model: tf.LayersModel) => [...trainableWeights(model).values()]
  const [ofD, ofG] = [own(discriminator), own(generator)]
  return () => [
    tf.variableGrads(() => lossD(verdict(real), verdict(fake())), ofD),
    tf.variableGrads(() => lossG(verdict(fake())), ofG),
  ]
}
