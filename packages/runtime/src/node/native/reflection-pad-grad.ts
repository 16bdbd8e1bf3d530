import type * as tf from '@tensorflow/tfjs-core'
import { float32, inScope, int32, text, type } from './backend.ts'

/** The gradient of reflection padding by TensorFlow's own, for which tfjs-node has no name. */
export const reflectionPadGradKernel: tf.KernelConfig = {
  kernelName: 'ReflectionPadGrad',
  backendName: 'tensorflow',
  kernelFunc({ inputs, attrs, backend }) {
    const { top, bottom, left, right } = attrs as unknown as Record<string, number>
    const attributes = [type('T', float32), type('Tpaddings', int32), text('mode', 'REFLECT')]
    return inScope(backend, scope => {
      const paddings = scope.integers([0, 0, top!, bottom!, left!, right!, 0, 0])
      const pairs = scope.reshape(paddings, [4, 2], int32).id
      return scope.take(scope.run('MirrorPadGrad', attributes, [...scope.inputs(inputs['dy']!), pairs])[0]!)
    })
  },
}
