import type { TrainingKernel } from '@gankit/core'
import { instanceNormalization, reflectionPadding } from '@gankit/layers'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'

export interface ImageLayersOptions {
  readonly backend: string
  readonly threads?: number
}

type Apply = (x: tf.Tensor) => tf.Tensor

const rounds = 40
const shapes = [
  [8, 64, 64, 32],
  [8, 32, 32, 64],
  [4, 16, 16, 128],
]
const ownKernels: TrainingKernel[] = ['InstanceNorm', 'InstanceNormGrad', 'ReflectionPadGrad']

/**
 * Times forward and backward of instance norm and of reflection padding by one pixel, with the backend's own kernels and
 * composed of tfjs's operations. The best of 40 turns counts, so that other work on the machine matters little.
 */
export async function timeImageLayers(options: ImageLayersOptions): Promise<void> {
  const { backend, threads } = await selectBackend(options)
  const kernels = ownKernels.flatMap(name => tf.getKernel(name, backend) ?? [])
  const rows: Record<string, string>[] = []
  for (const shape of shapes) {
    const [norm, pad] = [instanceNormalization(), reflectionPadding({ padding: 1 })]
    const layers = {
      'instance norm': (x: tf.Tensor) => norm.apply(x) as tf.Tensor,
      'reflection padding': (x: tf.Tensor) => pad.apply(x) as tf.Tensor,
    }
    const row: Record<string, string> = { shape: shape.join('×') }
    for (const [name, apply] of Object.entries(layers)) row[`${name}, ms`] = await time(apply, shape)
    for (const kernel of kernels) tf.unregisterKernel(kernel.kernelName, backend)
    for (const [name, apply] of Object.entries(layers)) row[`${name}, composed`] = await time(apply, shape)
    for (const kernel of kernels) tf.registerKernel(kernel)
    row['of slices, reverse, concat'] = await time(padBySlices, shape)
    rows.push(row)
  }
  console.log(`${backend}, ${threads} threads`)
  console.table(rows)
}

async function time(apply: Apply, shape: number[]): Promise<string> {
  const x = tf.randomNormal(shape)
  const dy = tf.tidy(() => tf.onesLike(apply(x)))
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    const dx = tf.tidy(() => tf.grad(apply)(x, dy))
    await dx.data()
    best = Math.min(best, performance.now() - start)
    dx.dispose()
  }
  tf.dispose([x, dy])
  return `${Number(best.toPrecision(2))}`
}

function padBySlices(x: tf.Tensor): tf.Tensor {
  return [1, 2].reduce((image, axis) => {
    const line = (from: number) =>
      image
        .slice(
          image.shape.map((_, i) => (i === axis ? from : 0)),
          image.shape.map((side, i) => (i === axis ? 1 : side)),
        )
        .reverse(axis)
    return tf.concat([line(1), image, line(image.shape[axis]! - 2)], axis)
  }, x)
}
