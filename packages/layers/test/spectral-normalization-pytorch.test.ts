import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { spectralNormalization } from '../src/index.ts'
import expected from './fixtures/convolutional.json' with { type: 'json' }
import { built, tensorOf } from './reference.ts'

const train = { training: true }

// Sums in single precision differ between backends by more than what is compared here.
beforeAll(() => tf.setBackend('cpu'))

const cases = [
  {
    reference: expected['spectralNormalization of conv2d'],
    layer: tf.layers.conv2d({ name: 'layer', filters: 4, kernelSize: 3, padding: 'same' }),
  },
  {
    reference: expected['spectralNormalization of conv2dTranspose'],
    layer: tf.layers.conv2dTranspose({
      name: 'layer',
      filters: 4,
      kernelSize: 4,
      strides: 2,
      padding: 'same',
    }),
  },
  {
    reference: expected['spectralNormalization of dense'],
    layer: tf.layers.dense({ name: 'layer', units: 4 }),
  },
]

describe.each(cases)('three steps of gradient descent equal PyTorch', ({ reference, layer }) => {
  test(`in a ${layer.getClassName()}, and so do vectors and inference after them`, async () => {
    const x = tensorOf(reference.x)
    const normalized = built(spectralNormalization(layer), x)
    const variables = new Map(
      normalized.weights.map(weight => [weight.originalName, weight.read() as tf.Variable]),
    )
    expect([...variables.keys()]).toEqual(['layer/kernel', 'layer/bias', 'layer/u', 'layer/v'])
    for (const [name, value] of Object.entries({ ...reference.weights, ...reference.state }))
      variables.get(name)!.assign(tensorOf(value))
    normalized.apply(x, train) // the pass that PyTorch took its gradients from
    const cotangent = tensorOf(reference.cotangent)
    const trained = ['layer/kernel', 'layer/bias'].map(name => variables.get(name)!)
    for (const output of reference.steps) {
      let got: tf.Tensor | undefined
      const { grads } = tf.variableGrads(() => {
        got = tf.keep(normalized.apply(x, train) as tf.Tensor)
        return got.mul(cotangent).sum()
      }, trained)
      await expectClose(got!, output.values, 1e-5)
      for (const weight of trained) weight.assign(weight.sub(grads[weight.name]!.mul(0.01)))
    }
    await expectClose(normalized.apply(x) as tf.Tensor, reference.inference.values, 1e-5)
    for (const [name, { values }] of Object.entries(reference.end))
      await expectClose(variables.get(name)!, values, 1e-5)
  })
})
