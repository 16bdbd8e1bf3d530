import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { architectures, createVanillaGan } from '../src/index.ts'
import { countWeights, resolve } from '../src/options.ts'

const normal = { name: 'normal', mean: 0, std: 1 }

test.each([
  [{ speed: 1 }, 'there is no option speed'],
  [{ generator: { kind: 'mlp', hidden: [0] } }, 'generator.hidden.0 is 0, expected at least 1'],
  [{ generator: { kind: 'mlp', hidden: [8, 2.5] } }, 'generator.hidden.1 is 2.5, expected a whole number'],
  [{ generator: { kind: 'gru' } }, 'generator.kind is "gru", expected ("mlp" | "rbf")'],
  [{ generator: {} }, 'generator.kind is undefined, expected ("mlp" | "rbf")'],
  [
    { generator: { kind: 'mlp', output: 'relu' } },
    'generator.output is "relu", expected ("tanh" | "sigmoid" | "linear")',
  ],
  [{ generator: { kind: 'rbf', units: 0 } }, 'generator.units is 0, expected at least 1'],
  [{ generator: { kind: 'rbf', hidden: [8] } }, 'there is no option generator.hidden'],
  [
    { generator: { kind: 'mlp', initialization: { name: 'uniform', limit: 0 } } },
    'generator.initialization.limit is 0, expected above 0',
  ],
  [{ discriminator: { hidden: [Number.NaN] } }, 'discriminator.hidden.0 is NaN, expected number'],
  [{ discriminator: { dropout: { hidden: 1 } } }, 'discriminator.dropout.hidden is 1, expected below 1'],
  [
    { discriminator: { dropout: { input: -0.1 } } },
    'discriminator.dropout.input is -0.1, expected at least 0',
  ],
  [{ discriminator: { dropout: { rate: 0.5 } } }, 'there is no option discriminator.dropout.rate'],
  [{ discriminator: { pieces: 1 } }, 'discriminator.pieces is 1, expected at least 2'],
  [{ discriminator: { head: 'tanh' } }, 'discriminator.head is "tanh", expected ("sigmoid" | "softmax")'],
  [
    { discriminator: { inputRange: '[0,1]' } },
    'discriminator.inputRange is "[0,1]", expected ("[-1, 1]" | "[0, 1]")',
  ],
  [{ seed: -1 }, 'seed is -1, expected at least 0'],
  [{ seed: 2 ** 53 }, 'seed is 9007199254740992, expected a whole number'],
  [{ sampleShape: [] }, 'sampleShape is [], expected at least one number'],
  [{ sampleShape: [28, 0] }, 'sampleShape.1 is 0, expected at least 1'],
  [{ latent: { size: 0, prior: normal } }, 'latent.size is 0, expected at least 1'],
  [{ latent: { size: 2, prior: { ...normal, std: 0 } } }, 'latent.prior.std is 0, expected above 0'],
  [
    { latent: { size: 2, prior: { name: 'cauchy' } } },
    'latent.prior.name is "cauchy", expected ("normal" | "uniform")',
  ],
  [
    { latent: { size: 2, prior: { name: 'uniform', min: 1, max: 1 } } },
    'latent.prior.max is 1, expected a number above min (1)',
  ],
  [null, 'the options is null, expected Object'],
])('options %o are refused by name', (options, message) => {
  const create = () => createVanillaGan(options as never)
  expect(create).toThrow(GankitError)
  expect(create).toThrow(`[gankit/vanilla-gan] ${message}`)
})

test.each<[string, Parameters<typeof createVanillaGan>[0], string]>([
  [
    'images',
    { sampleShape: [1024, 1024, 3] },
    'sampleShape is 1024×1024×3: the networks would have 4.83 G weights',
  ],
  [
    'hidden layers',
    { generator: { kind: 'mlp', hidden: [30_000, 30_000] } },
    'the networks would have 927 M weights, 3.45 GiB before gradients and moments, expected at most 268 M: narrower layers (generator.hidden and discriminator.hidden)',
  ],
  ['latents', { latent: { size: 10_000_000 } }, 'the networks would have 1.28 G weights'],
])('%s that no machine could train are refused before a weight is made', (_, options, message) => {
  const start = tf.memory().numBytes
  expect(() => createVanillaGan(options)).toThrow(message)
  expect(tf.memory().numBytes).toBe(start)
})

test('what a refusal says would fit, fits, and a little more does not', () => {
  const fits = /samples of (\d+)×(\d+)×3 would fit/
  const message = (side: number) => {
    try {
      resolve({ sampleShape: [side, side, 3] })
      return 'fits'
    } catch (error) {
      return (error as Error).message
    }
  }
  const side = Number(message(1024).match(fits)![1])
  expect(message(side)).toBe('fits')
  expect(message(side + 1)).toMatch(fits)
})

test.each<Parameters<typeof createVanillaGan>[0] & object>([
  architectures.classic,
  { ...architectures.algorithm1, condition: { kind: 'vector', size: 50 } },
  { generator: { kind: 'rbf' }, discriminator: { hidden: [], head: 'softmax' } },
])('the weights that are estimated are those that are made: %j', options => {
  const { generator, discriminator } = createVanillaGan(options)
  const made = generator.countParams() + discriminator.countParams()
  const share = countWeights(resolve(options), 784) / made
  expect(share).toBeGreaterThan(0.97)
  expect(share).toBeLessThanOrEqual(1)
})
