import type * as tf from '@tensorflow/tfjs-core'
import type { Arithmetic } from './arithmetic.ts'
import {
  type Attribute,
  flag,
  float32,
  type Handle,
  inScope,
  int32,
  real,
  type Scope,
  text,
  type,
} from './backend.ts'

/**
 * Batch norm by TensorFlow's fused operation, which takes images: the rows become the pixels of one image. For instance
 * norm, the channels of all images become the channels of that image.
 */
export const batchNormKernel =
  (kernelName: 'BatchNorm' | 'InstanceNorm') =>
  (arithmetic: Arithmetic): tf.KernelConfig => ({
    kernelName,
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs, backend }) {
      const { x, gamma, beta } = inputs as Record<string, tf.TensorInfo>
      const dtype = arithmetic.typeOf(x!)
      return inScope(backend, scope => {
        const layout = createLayout(scope, x!.shape, dtype)
        const pixels = layout.toPixels(arithmetic.input(scope, x!, dtype))
        // In place of running statistics, which only inference reads.
        const none = scope.nothing()
        const [y, mean, , , variance] = scope.run(
          'FusedBatchNormV3',
          [...createAttributes(dtype, attrs), real('exponential_avg_factor', 1)],
          [pixels, ...layout.toVectors(gamma!, beta!), none, none],
          6,
        )
        // Its third output is divided by rows − 1; the fifth, kept for the gradient, by rows.
        return [
          arithmetic.take(scope, layout.fromPixels(y!)),
          ...[mean!, variance!].map(of => scope.take(layout.fromVector(of))),
        ]
      })
    },
  })

/** The gradient of either, by the gradient of that operation. */
export const batchNormGradKernel =
  (kernelName: 'BatchNormGrad' | 'InstanceNormGrad') =>
  (arithmetic: Arithmetic): tf.KernelConfig => ({
    kernelName,
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs, backend }) {
      const { dy, x, gamma, mean, variance } = inputs as Record<string, tf.TensorInfo>
      const dtype = arithmetic.typeOf(x!)
      return inScope(backend, scope => {
        const layout = createLayout(scope, x!.shape, dtype)
        const pixels = [dy!, x!].map(of => layout.toPixels(arithmetic.input(scope, of, dtype)))
        const [dx, dgamma, dbeta] = scope.run(
          'FusedBatchNormGradV3',
          createAttributes(dtype, attrs),
          // The last input is a workspace for GPUs.
          [...pixels, ...layout.toVectors(gamma!, mean!, variance!), scope.nothing()],
          5,
        )
        return [
          arithmetic.take(scope, layout.fromPixels(dx!)),
          ...[dgamma!, dbeta!].map(of => scope.take(layout.fromVector(of))),
        ]
      })
    },
  })

/** How rows are the pixels of one image. An image for each row would take up to twice as long. */
interface Layout {
  toPixels(rows: number): number
  fromPixels(pixels: Handle): Handle
  /** The ids of tensors with a number for each channel, or for each channel of each image. */
  toVectors(...tensors: readonly tf.TensorInfo[]): number[]
  fromVector(vector: Handle): Handle
}

/** @param shape of the rows: [m, c] or [n, m, c] */
function createLayout(scope: Scope, shape: readonly number[], dtype: number): Layout {
  const [m, c] = shape.slice(-2) as [number, number]
  const n = shape.length === 3 ? shape[0]! : 1
  // [n, m, c] → [m, n, c] and back. Calling the operation for one image after another takes up to twice as long.
  const exchange = (id: number, from: readonly number[]): number => {
    if (n === 1) return id
    const handle = scope.reshape(id, from, dtype)
    const attributes = [type('T', dtype), type('Tperm', int32)]
    return scope.run('Transpose', attributes, [handle.id, scope.integers([1, 0, 2])])[0]!.id
  }
  return {
    toPixels: rows => scope.reshape(exchange(rows, [n, m, c]), [1, 1, m, n * c], dtype).id,
    fromPixels: pixels => scope.reshape(exchange(pixels.id, [m, n, c]), shape, dtype),
    toVectors(...tensors) {
      const ids = scope.inputs(...tensors)
      return shape.length === 3 ? ids.map(id => scope.reshape(id, [n * c], float32).id) : ids
    },
    fromVector: vector => (shape.length === 3 ? scope.reshape(vector.id, [n, c], float32) : vector),
  }
}

function createAttributes(dtype: number, attrs: tf.NamedAttrMap | undefined): Attribute[] {
  return [
    type('T', dtype),
    type('U', float32),
    real('epsilon', attrs!['epsilon'] as number),
    text('data_format', 'NHWC'),
    flag('is_training', true),
  ]
}
