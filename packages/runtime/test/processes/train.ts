import * as tf from '@tensorflow/tfjs'
import { selectBackend } from '../../src/node.ts'

// Learns a plane for a few steps, prints the losses, and leaves everything as it is.
const { threads } = await selectBackend({ backend: 'wasm', threads: Number(process.argv[2]) })
const x = tf.randomNormal([256, 64], 0, 1, 'float32', 1)
const y = x.sum(1, true)
const weights = tf.variable(tf.zeros([64, 1]))
const optimizer = tf.train.sgd(0.01)
const losses: number[] = []
for (let step = 0; step < 10; step++) {
  const loss = optimizer.minimize(
    () => tf.losses.meanSquaredError(y, tf.matMul(x, weights as tf.Tensor2D)) as tf.Scalar,
    true,
    [weights],
  )!
  losses.push((await loss.data())[0]!)
  loss.dispose()
}
process.stdout.write(`${JSON.stringify({ threads, losses })}\n`)
if (process.argv[3] === 'throw') throw new Error('on purpose')
