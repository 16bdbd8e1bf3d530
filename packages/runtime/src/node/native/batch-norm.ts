import type * as tf from '@tensorflow/tfjs-core'
import type { Arithmetic } from './arithmetic.ts'
import { type Attribute, flag, float32, inScope, real, text, type } from './backend.ts'

/** `BatchNorm` of the contract by TensorFlow's fused operation, which wants images: the rows are the pixels of one. */
export function batchNormKernel(arithmetic: Arithmetic): tf.KernelConfig {
  return {
    kernelName: 'BatchNorm',
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs, backend }) {
      const { x, gamma, beta } = inputs as Record<string, tf.TensorInfo>
      const dtype = arithmetic.typeOf(x!)
      const images = imagesOf(x!)
      return inScope(backend, scope => {
        const reshaped = scope.reshape(arithmetic.input(scope, x!, dtype), images, dtype)
        // Running statistics, which only inference reads.
        const none = scope.nothing()
        const [y, mean, , , variance] = scope.run(
          'FusedBatchNormV3',
          [...attributesOf(dtype, attrs), real('exponential_avg_factor', 1)],
          [reshaped.id, ...scope.inputs(gamma!, beta!), none, none],
          6,
        )
        // Its third output is divided by rows − 1; the fifth, kept for the gradient, by rows.
        const value = arithmetic.take(scope, scope.reshape(y!.id, x!.shape, dtype))
        return [value, scope.take(mean!), scope.take(variance!)]
      })
    },
  }
}

/** `BatchNormGrad` of the contract. */
export function batchNormGradKernel(arithmetic: Arithmetic): tf.KernelConfig {
  return {
    kernelName: 'BatchNormGrad',
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs, backend }) {
      const { dy, x, gamma, mean, variance } = inputs as Record<string, tf.TensorInfo>
      const dtype = arithmetic.typeOf(x!)
      const images = imagesOf(x!)
      return inScope(backend, scope => {
        const reshaped = [dy!, x!].map(
          of => scope.reshape(arithmetic.input(scope, of, dtype), images, dtype).id,
        )
        const [dx, dgamma, dbeta] = scope.run(
          'FusedBatchNormGradV3',
          attributesOf(dtype, attrs),
          // The last one is a workspace of GPUs.
          [...reshaped, ...scope.inputs(gamma!, mean!, variance!), scope.nothing()],
          5,
        )
        const value = arithmetic.take(scope, scope.reshape(dx!.id, x!.shape, dtype))
        return [value, scope.take(dgamma!), scope.take(dbeta!)]
      })
    },
  }
}

/**
 * One image whose pixels are the rows, whatever axes there are before the last one. An image for each row takes up to
 * twice as long.
 */
function imagesOf({ shape }: tf.TensorInfo): number[] {
  const channels = shape.at(-1)!
  return [1, 1, shape.reduce((product, length) => product * length, 1) / channels, channels]
}

function attributesOf(dtype: number, attrs: tf.NamedAttrMap | undefined): Attribute[] {
  return [
    type('T', dtype),
    type('U', float32),
    real('epsilon', attrs!['epsilon'] as number),
    text('data_format', 'NHWC'),
    flag('is_training', true),
  ]
}
