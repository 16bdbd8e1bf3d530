import type * as tf from '@tensorflow/tfjs-core'
import { float32, inScope, type } from './backend.ts'

/** `SquaredSum` by `L2Loss`, which is half the sum, in one pass and without a tensor of squares. */
export const squaredSumKernel: tf.KernelConfig = {
  kernelName: 'SquaredSum',
  backendName: 'tensorflow',
  kernelFunc: ({ inputs, backend }) =>
    inScope(backend, scope => {
      const [half] = scope.run('L2Loss', ofFloats, scope.inputs(inputs['x'] as tf.TensorInfo))
      // Added to itself, the half needs no constant to be doubled.
      return scope.take(scope.run('AddV2', ofFloats, [half!.id, half!.id])[0]!)
    }),
}

const ofFloats = [type('T', float32)]
