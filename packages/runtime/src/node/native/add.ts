import type * as tf from '@tensorflow/tfjs-core'
import type { Arithmetic } from './arithmetic.ts'
import { inScope, stockKernel, type } from './backend.ts'

/** Add: a bias is added as `BiasAdd`, in the type in which the other operand already exists. */
export function addKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('Add')
  return {
    ...stock,
    kernelFunc(call) {
      const { a, b } = call.inputs as Record<string, tf.TensorInfo>
      const isBias = a!.shape.length > 1 && b!.shape.length === 1 && a!.shape.at(-1) === b!.shape[0]
      if (!isBias || a!.dtype !== 'float32' || b!.dtype !== 'float32') return stock.kernelFunc(call)
      const dtype = arithmetic.typeOf(a!)
      return inScope(call.backend, scope => {
        const ids = [a!, b!].map(input => arithmetic.input(scope, input, dtype))
        return arithmetic.take(scope, scope.run('BiasAdd', [type('T', dtype)], ids)[0]!)
      })
    },
  }
}
