import type * as tf from '@tensorflow/tfjs-core'
import { float32, inScope, type } from './backend.ts'

/** `SquaredSum` of the contract by `L2Loss`, which is half of it, in one pass and without a tensor of squares. */
export const squaredSumKernel: tf.KernelConfig = {
  kernelName: 'SquaredSum',
  backendName: 'tensorflow',
  kernelFunc: ({ inputs, backend }) =>
    inScope(backend, scope => {
      const [half] = scope.run('L2Loss', ofFloats, scope.inputs(inputs['x'] as tf.TensorInfo))
      // Doubled by adding it to itself, for which no constant has to be made.
      return scope.take(scope.run('AddV2', ofFloats, [half!.id, half!.id])[0]!)
    }),
}

const ofFloats = [type('T', float32)]
