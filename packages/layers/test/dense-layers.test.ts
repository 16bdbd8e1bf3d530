import { expectClose, finiteDifference } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { glorotUniform, maxout, normal, radialBasis, twoClassLogit } from '../src/index.ts'
import expected from './fixtures/layers.json' with { type: 'json' }
import { built, secondGradient, tensorOf, weighed, weightGradients } from './reference.ts'

const cases = [
  { title: 'maxout', reference: expected.maxout, layer: maxout({ units: 3, pieces: 4, name: 'h' }) },
  { title: 'radialBasis', reference: expected.radialBasis, layer: radialBasis({ units: 4, name: 'h' }) },
  { title: 'twoClassLogit', reference: expected.softmaxHead, layer: twoClassLogit({ name: 'h' }) },
]
const names = { maxout: ['kernel', 'bias'], radialBasis: ['centers', 'log_beta'], twoClassLogit: [] }

describe.each(cases)('$title equals PyTorch', ({ title, reference, layer }) => {
  const x = tensorOf(reference.x)
  const weightNames = names[title as keyof typeof names]
  built(layer, x, reference.parameters.map(tensorOf))
  const f = weighed(layer, tensorOf(reference.weights))

  test('in its output', async () => {
    const output = layer.apply(x) as tf.Tensor
    expect(output.shape).toEqual(reference.output.shape)
    expect(layer.computeOutputShape([null, x.shape[1]!])).toEqual([null, output.shape[1]])
    await expectClose(output, reference.output.values, 1e-5)
  })

  test('in its gradients', async () => {
    const [dx, ...others] = reference.gradients
    await expectClose(tf.grad(f)(x), dx!.values, 1e-5)
    await expectClose(tf.grad(f)(x), await finiteDifference(f, x, 2e-3), 3e-3)
    if (others.length === 0) return
    const gradients = weightGradients(layer, () => f(x))
    for (const [index, name] of weightNames.entries())
      await expectClose(gradients[name]!, others[index]!.values, 1e-5)
  })

  test('its weights are named after it', () => {
    expect(layer.weights.map(weight => weight.originalName)).toEqual(weightNames.map(name => `h/${name}`))
  })

  test('it leaves no tensor but its output', () => {
    const before = tf.memory().numTensors
    tf.dispose(layer.apply(x) as tf.Tensor)
    expect(tf.memory().numTensors).toBe(before)
  })
})

test("radialBasis: the second-order gradient is PyTorch's", async () => {
  const { x, parameters, weights, ddx } = expected.radialBasis
  const layer = built(radialBasis({ units: 4 }), tensorOf(x), parameters.map(tensorOf))
  await expectClose(secondGradient(weighed(layer, tensorOf(weights)), tensorOf(x)), ddx.values, 1e-5)
})

test('radialBasis: on 100 standard normal features every unit starts near 1/e, and can learn', async () => {
  const latents = tf.randomNormal([256, 100], 0, 1, 'float32', 3)
  const layer = radialBasis({ units: 32 })
  const activity = layer.apply(latents) as tf.Tensor
  const { mean, variance } = tf.moments(activity)
  await expectClose(mean, [Math.exp(-1)], 0.03)
  expect(Math.sqrt((await variance.data())[0]!)).toBeGreaterThan(0.03)
  const slope = tf
    .grad(weighed(layer, tf.onesLike(activity)))(latents)
    .abs()
    .mean()
  expect((await slope.data())[0]).toBeGreaterThan(1e-3)
})

test('radialBasis: a point at a center gives 1, with a gradient of 0', async () => {
  const layer = built(radialBasis({ units: 1, beta: 2 }), tf.ones([1, 3]), [tf.ones([3, 1]), tf.zeros([1])])
  await expectClose(layer.apply(tf.ones([1, 3])) as tf.Tensor, [1])
  await expectClose(tf.grad(weighed(layer, tf.ones([1, 1])))(tf.ones([1, 3])), [0, 0, 0])
})

test('the initializers given are the ones used', async () => {
  const kernelInitializer = glorotUniform({ seed: 4, purpose: 'kernel' })
  const ones = tf.initializers.ones()
  const layer = built(
    maxout({ units: 2, pieces: 3, kernelInitializer, biasInitializer: ones }),
    tf.ones([1, 5]),
  )
  await expectClose(layer.getWeights()[0]!, await kernelInitializer.apply([5, 6]).data(), 0)
  await expectClose(layer.getWeights()[1]!, [1, 1, 1, 1, 1, 1], 0)
  const centersInitializer = normal({ std: 0.5, seed: 4, purpose: 'centers' })
  const basis = built(radialBasis({ units: 3, centersInitializer, beta: 0.25 }), tf.ones([1, 5]))
  await expectClose(basis.getWeights()[0]!, await centersInitializer.apply([5, 3]).data(), 0)
  await expectClose(basis.getWeights()[1]!.exp(), [0.25, 0.25, 0.25])
})

test('what they can not do they say', () => {
  expect(() => maxout({ units: 0, pieces: 2 })).toThrow(
    '[gankit/layers] maxout units is 0, expected a whole number of at least 1',
  )
  expect(() => maxout({ units: 2, pieces: 1.5 })).toThrow('maxout pieces is 1.5')
  expect(() => radialBasis({ units: 2, beta: -1 })).toThrow(
    'radialBasis beta is -1, expected a finite number above 0',
  )
  expect(() => maxout({ units: 2, pieces: 2 }).apply(tf.ones([1, 2, 3]))).toThrow(
    '[gankit/layers] maxout got input of shape [1,2,3], expected [n, features]',
  )
  expect(() => twoClassLogit().apply(tf.ones([4, 3]))).toThrow('shape [4,3], expected [n, 2]')
})
