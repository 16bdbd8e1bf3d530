import { createVanillaGan } from '@gankit/vanilla-gan'
import { expect, test } from 'vitest'
import { app } from '../src/index.ts'

test.each(Object.keys(app.presets))('preset %s makes a GAN for the data at hand', name => {
  const { model, training } = app.presets[name]!
  const gan = app.createGan({ model, latentSize: training.latentSize, sampleShape: [20, 20, 1], seed: 1 })
  expect(gan.generator.outputs[0]!.shape).toEqual([null, 20, 20, 1])
  expect(gan.discriminator.outputs[0]!.shape).toEqual([null, 1])
})

// Goodfellow et al. 2014, section 5, and the configuration that its authors published for MNIST.
test('algorithm-1 is the algorithm as published', () => {
  const { model, training } = app.presets['algorithm-1']!
  expect(training).toMatchObject({ batch: 100, latentSize: 100, discriminatorSteps: 1, objective: 'minimax' })
  for (const optimizer of Object.values(training.optimizers))
    expect(optimizer).toMatchObject({
      name: 'momentum',
      learningRate: { name: 'exponential', from: 0.1, factor: 1.000004, floor: 1e-6 },
      momentum: { name: 'linear', from: 0.5, to: 0.7 },
    })
  expect(model.generator).toMatchObject({ hidden: [1200, 1200], activation: 'relu', output: 'sigmoid' })
  expect(model.discriminator).toMatchObject({ hidden: [240, 240], activation: 'maxout', pieces: 5 })
  expect(model.discriminator!.dropout).toEqual({ input: 0.2, hidden: 0.5 })
  expect(createVanillaGan(model).latent!.prior).toEqual({
    name: 'uniform',
    min: -Math.sqrt(3),
    max: Math.sqrt(3),
  })
})
