import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { test } from 'vitest'
import { patchGradients } from '../src/index.ts'
import { expectGradients, spread } from './gradients-of.ts'

patchGradients()

const any = spread([3, 4])
const positive = spread([3, 4], 0.3, 2.4)
const other = tf.tensor([-1.1, 0.4, -0.7, 1.2, 0.9, -1.6, -0.2, 1.5, 0.1, 0.7, -0.9, 1.3], [3, 4])
const row = tf.tensor([-0.8, 0.3, 1.2, 0.55])
const labels = other.greater(0).toFloat()

const functions: Record<string, [f: (x: tf.Tensor) => tf.Tensor, at?: tf.Tensor]> = {
  exp: [tf.exp],
  expm1: [tf.expm1],
  log1p: [tf.log1p, positive],
  tanh: [tf.tanh],
  sigmoid: [tf.sigmoid],
  logSigmoid: [tf.logSigmoid],
  softplus: [tf.softplus],
  softmax: [tf.softmax],
  logSoftmax: [tf.logSoftmax],
  logSumExp: [x => tf.logSumExp(x, 1)],
  elu: [tf.elu],
  selu: [tf.selu],
  relu: [x => tf.relu(x.square().sub(1))],
  relu6: [x => tf.relu6(x.square().mul(3))],
  leakyRelu: [x => tf.leakyRelu(x.square().sub(1), 0.2)],
  'prelu of x': [x => tf.prelu(x.square().sub(1), row)],
  'prelu of alpha': [alpha => tf.prelu(other, alpha.square()), row],
  swish: [x => x.mul(tf.sigmoid(x))],
  maximum: [x => tf.maximum(x.square(), 1)],
  'maximum, broadcast': [x => tf.maximum(x.square(), other), row],
  minimum: [x => tf.minimum(1, x.square())],
  'minimum, broadcast': [x => tf.minimum(other, x.square()), row],
  clipByValue: [x => tf.clipByValue(x.square(), 0.5, 2)],
  max: [x => x.square().mul(x).max(1)],
  min: [x => x.square().mul(x).min(0)],
  abs: [x => tf.abs(x.square().sub(1))],
  sqrt: [tf.sqrt, positive],
  rsqrt: [tf.rsqrt, positive],
  pow: [x => tf.pow(x, 3), positive],
  'pow of itself': [x => tf.pow(x, x), positive],
  'pow of the exponent': [x => tf.pow(positive, x)],
  div: [x => tf.div(other, x), positive],
  'div, broadcast': [x => tf.div(other, x.add(3)), row],
  divNoNan: [x => tf.divNoNan(x.square(), other)],
  squaredDifference: [x => tf.squaredDifference(x.square(), other)],
  'squaredDifference, broadcast': [x => tf.squaredDifference(other, x.square()), row],
  where: [x => tf.where(x.greater(0), x.square(), x.pow(3))],
  'a mask of its own': [x => x.greater(0.5).toFloat().mul(x.exp())],
  norm: [x => tf.norm(x, 2, 1)],
  moments: [x => tf.moments(x, 0).variance],
  'sigmoid cross-entropy': [x => tf.losses.sigmoidCrossEntropy(labels, x) as tf.Tensor],
  'hinge loss': [x => tf.losses.hingeLoss(labels, x.square()) as tf.Tensor],
  'Huber loss': [x => tf.losses.huberLoss(other, x) as tf.Tensor],
}

for (const [name, [f, at = any]] of Object.entries(functions))
  test(`first- and second-order gradients of ${name} are those of finite differences`, () =>
    expectGradients(f, at))

test('the slope of abs at zero is zero', async () => {
  await expectClose(tf.grad(x => tf.abs(x))(tf.tensor([-2, 0, 3])), [-1, 0, 1], 0)
})
