import { type Gan, type Objective, randomStream, uniformPrior } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { sgd } from '../../src/index.ts'
import { batch, findings, namesOf, rates } from './findings.ts'
import { ringGan, ringPoints } from './ring.ts'

const hinge: Objective = {
  name: 'hinge',
  discriminator: (real, fake) =>
    tf.tidy(() => tf.add(tf.mean(tf.relu(tf.sub(1, real))), tf.mean(tf.relu(tf.add(1, fake)))) as tf.Scalar),
  generator: fake => tf.tidy(() => tf.neg(tf.mean(fake)) as tf.Scalar),
  equilibrium: { discriminator: 2, generator: 0 },
}
const wasserstein: Objective = {
  name: 'wasserstein',
  discriminator: (real, fake) => tf.tidy(() => tf.sub(tf.mean(fake), tf.mean(real)) as tf.Scalar),
  generator: fake => tf.tidy(() => tf.neg(tf.mean(fake)) as tf.Scalar),
  equilibrium: { discriminator: 0, generator: 0 },
}

test('a G that does not learn has lost, and is told so once', async () => {
  const found = await findings(
    1000,
    { gan: ringGan(), optimizers: rates(1e-12, 2e-3) },
    { checks: ['discriminator-saturated'] },
    { points: step => ringPoints(batch, step).map(x => 5 * x) },
  )
  expect(namesOf(found)).toEqual(['discriminator-saturated'])
  expect(found[0]!.step).toBeGreaterThanOrEqual(500)
})

test('a G that does not listen to its latents has collapsed', async () => {
  const deaf = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 4,
        inputShape: [4],
        kernelInitializer: 'zeros',
        trainable: false,
        name: 'deaf',
      }),
      tf.layers.dense({ units: 2, name: 'answer' }),
    ],
  })
  const found = await findings(250, { gan: ringGan({ generator: deaf }) }, { samplesEvery: 125, warmUp: 100 })
  expect(namesOf(found)).toEqual(['generator-collapsed'])
  expect(found[0]!.evidence).toContain('fakes lie 0 apart, 0 of the')
})

test('a learning rate beyond reason lets gradients explode, with a guard and without', async () => {
  const optimizers = () => ({ generator: sgd({ learningRate: 5 }), discriminator: sgd({ learningRate: 5 }) })
  const options = { every: 1, warmUp: 0, samplesEvery: 0 }
  for (const guard of [true, false]) {
    const found = await findings(
      60,
      { gan: ringGan(), objective: hinge, optimizers: optimizers() },
      options,
      { guard },
    )
    expect(namesOf(found), `guard ${guard}`).toContain('exploding-gradients')
  }
})

test('two players of a bilinear game who move at once go round in circles', async () => {
  const one = () =>
    tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'ones', name: 'only' })
  const gan: Gan = {
    generator: tf.sequential({ layers: [one()] }),
    discriminator: tf.sequential({ layers: [one()] }),
    latent: { size: 1, prior: uniformPrior(1, 1) },
    sampleShape: [1],
  }
  const found = await findings(
    1000,
    {
      gan,
      objective: wasserstein,
      simultaneous: true,
      optimizers: { generator: sgd({ learningRate: 0.02 }), discriminator: sgd({ learningRate: 0.02 }) },
    },
    { every: 20, samplesEvery: 0, warmUp: 0 },
    { points: () => new Float32Array(batch) },
  )
  expect(namesOf(found)).toEqual(['oscillation'])
  // D's loss is the product of two waves of period 2π/rate: half of that.
  const [, steps] = /every (\d+) steps/.exec(found[0]!.evidence)!
  expect(Math.abs(+steps! - Math.PI / 0.02)).toBeLessThanOrEqual(20)
})

test('a G that gives training samples back memorises', async () => {
  const known = 128
  const seen = ringPoints(known, 77)
  const chosen = randomStream(1, 'chosen').normal(4 * known, 0, 1000)
  const generator = tf.sequential({
    layers: [
      tf.layers.dense({
        units: known,
        useBias: false,
        activation: 'softmax',
        inputShape: [4],
        name: 'choice',
      }),
      tf.layers.dense({ units: 2, useBias: false, name: 'answers' }),
    ],
  })
  generator.setWeights([tf.tensor2d(chosen, [4, known]), tf.tensor2d(seen, [known, 2])])
  const found = await findings(
    250,
    { gan: ringGan({ generator }), optimizers: rates(1e-12, 1e-3) },
    { real: () => tf.tensor2d(seen, [known, 2]), samplesEvery: 125, warmUp: 100 },
  )
  expect(namesOf(found)).toEqual(['memorization'])
})
