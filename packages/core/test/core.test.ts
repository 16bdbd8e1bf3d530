import * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import {
  allWeights,
  forward,
  fraction,
  GankitError,
  isGankitError,
  normalPrior,
  parseOptions,
  positive,
  randomStream,
  sampleLatent,
  trainableWeights,
  uniformPrior,
  wholeNumber,
} from '../src/index.ts'

test('latents follow their prior, and belong to the caller', async () => {
  const before = tf.memory().numTensors
  const size = 50
  const moments = async (prior: ReturnType<typeof normalPrior>) => {
    const z = sampleLatent({ size, prior }, 400, randomStream(1, 'latent'))
    expect(z.shape).toEqual([400, size])
    const values = await z.data<'float32'>()
    z.dispose()
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length
    return [mean, values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length]
  }
  const [normalMean, normalVariance] = await moments(normalPrior())
  expect(normalMean).toBeCloseTo(0, 1)
  expect(normalVariance).toBeCloseTo(1, 1)
  const [uniformMean, uniformVariance] = await moments(uniformPrior())
  expect(uniformMean).toBeCloseTo(1 / 2, 1)
  expect(uniformVariance).toBeCloseTo(1 / 12, 2)
  expect(tf.memory().numTensors).toBe(before)
})

test('an unknown prior is refused', () => {
  const latent = { size: 2, prior: { name: 'cauchy' } } as never
  expect(() => sampleLatent(latent, 1, randomStream(0, 'x'))).toThrow('latent prior is cauchy')
})

test('weights keep their names when a process builds a second network', () => {
  const build = () => {
    const input = tf.input({ shape: [3] })
    const hidden = tf.layers.dense({ name: 'dense_1', units: 2 }).apply(input) as tf.SymbolicTensor
    const output = tf.layers.batchNormalization({ name: 'norm_1' }).apply(hidden) as tf.SymbolicTensor
    return tf.model({ inputs: input, outputs: output })
  }
  for (const model of [build(), build()]) {
    expect([...trainableWeights(model).keys()]).toEqual([
      'dense_1/kernel',
      'dense_1/bias',
      'norm_1/gamma',
      'norm_1/beta',
    ])
    expect([...allWeights(model).keys()].slice(4)).toEqual(['norm_1/moving_mean', 'norm_1/moving_variance'])
  }
})

test('forward hands its options to every layer', () => {
  const seen: unknown[] = []
  class Spy extends tf.layers.Layer {
    static readonly className = 'Spy'
    override call(inputs: tf.Tensor | tf.Tensor[], kwargs: unknown): tf.Tensor {
      seen.push(kwargs)
      return tf.clone(Array.isArray(inputs) ? inputs[0]! : inputs)
    }
  }
  const input = tf.input({ shape: [1] })
  const model = tf.model({ inputs: input, outputs: new Spy({}).apply(input) as tf.SymbolicTensor })
  const random = (purpose: string) => randomStream(0, purpose)
  seen.length = 0
  forward(model, tf.ones([1, 1]), { training: true, moveStatistics: false, random })
  expect(seen).toEqual([{ training: true, moveStatistics: false, random }])
})

test('errors of gankit are told apart, also those of another copy', () => {
  const error = new GankitError('core', 'option', 'x is 1, expected 2')
  expect(error.message).toBe('[gankit/core] x is 1, expected 2')
  expect(isGankitError(error)).toBe(true)
  expect(isGankitError(Object.assign(new Error('from another copy'), { gankit: true }))).toBe(true)
  expect(isGankitError(new Error('other'))).toBe(false)
  expect(isGankitError(undefined)).toBe(false)
})

const schema = v.strictObject({
  units: v.optional(v.array(wholeNumber()), [3]),
  rate: v.optional(positive, 0.1),
  drop: v.optional(fraction, 0),
})

test('options get their defaults', () => {
  expect(parseOptions('core', schema, { rate: 2 })).toEqual({ units: [3], rate: 2, drop: 0 })
})

test.each([
  [{ units: [4, 0] }, '[gankit/core] units.1 is 0, expected at least 1'],
  [{ units: [1.5] }, '[gankit/core] units.0 is 1.5, expected a whole number'],
  [{ rate: Number.POSITIVE_INFINITY }, '[gankit/core] rate is Infinity, expected a finite number'],
  [{ rate: 0 }, '[gankit/core] rate is 0, expected above 0'],
  [{ drop: 1 }, '[gankit/core] drop is 1, expected below 1'],
  [{ speed: 1 }, '[gankit/core] there is no option speed'],
  ['x', '[gankit/core] the options is "x", expected Object'],
])('options %o are refused by name', (options, message) => {
  expect(() => parseOptions('core', schema, options)).toThrow(message)
})
