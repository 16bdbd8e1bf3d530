import * as tf from '@tensorflow/tfjs-core'
import type { Arithmetic } from './arithmetic.ts'
import { inScope, type NativeBackend, stockKernel } from './backend.ts'

/**
 * Reshape without a tensor of tfjs for the new shape, and without any work where the shape stays the same. A training step
 * has hundreds of them.
 */
export function reshapeKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('Reshape')
  return {
    ...stock,
    kernelFunc(call) {
      const x = call.inputs['x'] as tf.TensorInfo
      if (x.dtype !== 'float32') return stock.kernelFunc(call)
      const size = tf.util.sizeFromShape(x.shape)
      const shape = tf.util.inferFromImplicitShape(call.attrs!['shape'] as number[], size)
      if (tf.util.arraysEqual(shape, x.shape)) {
        ;(call.backend as unknown as NativeBackend).incRef(x.dataId)
        return { dataId: x.dataId, shape, dtype: x.dtype }
      }
      const dtype = arithmetic.typeOf(x)
      return inScope(call.backend, scope =>
        arithmetic.take(scope, scope.reshape(arithmetic.input(scope, x, dtype), shape, dtype)),
      )
    },
  }
}
