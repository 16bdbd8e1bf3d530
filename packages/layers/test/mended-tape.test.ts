import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
// By path: the runtime's own tests use these layers, so that a dependency on it would close a circle.
import { patchGradients } from '../../runtime/src/index.ts'
import { radialBasis, selfAttention } from '../src/index.ts'
import { built, expectTrueGradients } from './reference.ts'

patchGradients()

// Once the tape is mended it remembers where the latest custom gradient began.
const other = tf.customGrad(x => ({ value: (x as tf.Tensor).square(), gradFunc: dy => dy }))
tf.grad(x => other(x))(tf.scalar(1))

test('custom gradients of ours are right in the second order on a tape that was mended after they were loaded', async () => {
  const rows = tf.randomNormal([3, 4], 0, 1, 'float32', 5)
  await expectTrueGradients(radialBasis({ units: 3 }), rows)
  const images = tf.randomNormal([2, 2, 2, 4], 0, 1, 'float32', 5)
  const attention = built(selfAttention({ keyChannels: 2 }), images)
  attention.weights[4]!.write(tf.tensor1d([0.5]))
  await expectTrueGradients(attention, images)
  expect(attention.weights[4]!.originalName).toContain('gamma')
})
