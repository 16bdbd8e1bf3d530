import { sizeOfShape } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs-core'
import type { Arithmetic } from './arithmetic.ts'
import { type Attribute, flag, float32, inScope, real, text, type } from './backend.ts'

/** `BatchNorm` by TensorFlow's fused operation, which takes images: the rows become the pixels of one image. */
export function batchNormKernel(arithmetic: Arithmetic): tf.KernelConfig {
  return {
    kernelName: 'BatchNorm',
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs, backend }) {
      const { x, gamma, beta } = inputs as Record<string, tf.TensorInfo>
      const dtype = arithmetic.typeOf(x!)
      const images = computeImageShape(x!)
      return inScope(backend, scope => {
        const reshaped = scope.reshape(arithmetic.input(scope, x!, dtype), images, dtype)
        // In place of running statistics, which only inference reads.
        const none = scope.nothing()
        const [y, mean, , , variance] = scope.run(
          'FusedBatchNormV3',
          [...createAttributes(dtype, attrs), real('exponential_avg_factor', 1)],
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

/** `BatchNormGrad` by the gradient of that operation. */
export function batchNormGradKernel(arithmetic: Arithmetic): tf.KernelConfig {
  return {
    kernelName: 'BatchNormGrad',
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs, backend }) {
      const { dy, x, gamma, mean, variance } = inputs as Record<string, tf.TensorInfo>
      const dtype = arithmetic.typeOf(x!)
      const images = computeImageShape(x!)
      return inScope(backend, scope => {
        const reshaped = [dy!, x!].map(
          of => scope.reshape(arithmetic.input(scope, of, dtype), images, dtype).id,
        )
        const [dx, dgamma, dbeta] = scope.run(
          'FusedBatchNormGradV3',
          createAttributes(dtype, attrs),
          // The last input is a workspace for GPUs.
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
 * The shape of one image whose pixels are the rows, with all axes but the last as one. One image for each row would take
 * up to twice as long.
 */
function computeImageShape({ shape }: tf.TensorInfo): number[] {
  const channels = shape.at(-1)!
  return [1, 1, sizeOfShape(shape) / channels, channels]
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
