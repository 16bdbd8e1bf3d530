import type * as tf from '@tensorflow/tfjs-core'
import type { Arithmetic } from './arithmetic.ts'
import { inScope, real, stockKernel, type } from './backend.ts'

/** LeakyRelu in the type in which x already exists. */
export function leakyReluKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('LeakyRelu')
  return {
    ...stock,
    kernelFunc(call) {
      const x = call.inputs['x'] as tf.TensorInfo
      return x.dtype === 'float32'
        ? run('LeakyRelu', arithmetic, call, arithmetic.typeOf(x), [x])
        : stock.kernelFunc(call)
    },
  }
}

/** `LeakyReluGrad`: one operation instead of Greater, Select and Multiply. */
export function leakyReluGradKernel(arithmetic: Arithmetic): tf.KernelConfig {
  return {
    kernelName: 'LeakyReluGrad',
    backendName: 'tensorflow',
    kernelFunc(call) {
      const { dy, x } = call.inputs as Record<string, tf.TensorInfo>
      return run('LeakyReluGrad', arithmetic, call, arithmetic.typeOf(x!), [dy!, x!])
    },
  }
}

function run(
  name: string,
  arithmetic: Arithmetic,
  { attrs, backend }: Parameters<tf.KernelFunc>[0],
  dtype: number,
  inputs: readonly tf.TensorInfo[],
): tf.Tensor {
  const attributes = [type('T', dtype), real('alpha', attrs!['alpha'] as number)]
  return inScope(backend, scope => {
    const ids = inputs.map(input => arithmetic.input(scope, input, dtype))
    return arithmetic.take(scope, scope.run(name, attributes, ids)[0]!)
  })
}
