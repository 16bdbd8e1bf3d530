import type * as tf from '@tensorflow/tfjs-core'
import type { Arithmetic } from './arithmetic.ts'
import {
  type Attribute,
  flag,
  float32,
  type Handle,
  inScope,
  real,
  type Scope,
  text,
  type,
  whole,
} from './backend.ts'

/**
 * Batch norm by TensorFlow's fused operation, which takes images: the rows become the pixels of one image. Instance norm is
 * the same for one image after another.
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
        // In place of running statistics, which only inference reads.
        const none = scope.nothing()
        const attributes = [...createAttributes(dtype, attrs), real('exponential_avg_factor', 1)]
        const rows = [arithmetic.input(scope, x!, dtype)]
        const outputs = forEachImage(scope, x!.shape, dtype, rows, scope.inputs(gamma!, beta!), ids => {
          const [y, mean, , , variance] = scope.run('FusedBatchNormV3', attributes, [...ids, none, none], 6)
          // The third output is divided by rows − 1; the fifth, kept for the gradient, by rows.
          return [y!, mean!, variance!]
        })
        return [arithmetic.take(scope, outputs[0]), scope.take(outputs[1]), scope.take(outputs[2])]
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
        // The last input is a workspace for GPUs.
        const none = scope.nothing()
        const attributes = createAttributes(dtype, attrs)
        const rows = [dy!, x!].map(of => arithmetic.input(scope, of, dtype))
        const columns = scope.inputs(gamma!, mean!, variance!)
        const outputs = forEachImage(scope, x!.shape, dtype, rows, columns, ids => {
          const [dx, dgamma, dbeta] = scope.run('FusedBatchNormGradV3', attributes, [...ids, none], 5)
          return [dx!, dgamma!, dbeta!]
        })
        return [arithmetic.take(scope, outputs[0]), scope.take(outputs[1]), scope.take(outputs[2])]
      })
    },
  })

type Outputs = readonly [rows: Handle, Handle, Handle]

/**
 * Runs an operation on rows [m, c] that are the pixels of one image, or on those [n, m, c] of one image after another. One
 * image for each row would take up to twice as long.
 * @param rows ids of tensors of this shape, which come first among the operation's inputs
 * @param columns ids of tensors with a number for each channel of each image
 * @param run gives rows, and two tensors with a number for each channel
 */
function forEachImage(
  scope: Scope,
  shape: readonly number[],
  dtype: number,
  rows: readonly number[],
  columns: readonly number[],
  run: (ids: readonly number[]) => Outputs,
): Outputs {
  const [m, c] = shape.slice(-2) as [number, number]
  if (shape.length === 2) {
    const pixels = rows.map(id => scope.reshape(id, [1, 1, m, c], dtype).id)
    const [value, ...rest] = run([...pixels, ...columns])
    return [scope.reshape(value.id, shape, dtype), ...rest]
  }
  const n = shape[0]!
  const list = (of: number) => [type('T', of), whole('axis', 0)]
  const split = (id: number, of: number) =>
    scope.run('Unpack', [...list(of), whole('num', n)], [id], n).map(part => part.id)
  const parts = [
    ...rows.map(id => split(scope.reshape(id, [n, 1, 1, m, c], dtype).id, dtype)),
    ...columns.map(id => split(id, float32)),
  ]
  const results = Array.from({ length: n }, (_, image) => run(parts.map(ids => ids[image]!)))
  const join = (which: 0 | 1 | 2, of: number) => {
    const ids = results.map(result => result[which].id)
    return scope.run('Pack', [...list(of), whole('N', n)], ids)[0]!
  }
  const value = scope.reshape(join(0, dtype).id, shape, dtype)
  return [value, join(1, float32), join(2, float32)]
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
