import { statSync } from 'node:fs'
import { createObjective } from '@gankit/losses'
import { createOptimizer } from '@gankit/trainer/optimizers'
import { expect, test } from 'vitest'
import { app } from '../src/index.ts'

test.each(Object.keys(app.presets))('preset %s makes a net for digits, and settings that fit', name => {
  const { model, training } = app.presets[name]!
  const gan = app.createGan({ model, latentSize: training.latentSize, sampleShape: [28, 28, 1], seed: 1 })
  expect(gan.sampleShape).toEqual([28, 28, 1])
  expect(gan.latent!.size).toBe(training.latentSize)
  createObjective(training.objective)
  createOptimizer(training.optimizers.generator)
  createOptimizer(training.optimizers.discriminator)
  // A gradient penalty and a batch norm in D don't go together.
  const penalized = typeof training.objective !== 'string' && (training.objective.penalties ?? []).length > 0
  const normalized = gan.discriminator.layers.some(layer =>
    layer.getClassName().includes('BatchNormalization'),
  )
  expect(penalized && normalized).toBe(false)
})

test('other pictures get a net of their own', () => {
  const { model } = app.presets['quick']!
  const { sampleShape, generator } = app.createGan({
    model,
    latentSize: 8,
    sampleShape: [32, 48, 3],
    seed: 1,
  })
  expect(sampleShape).toEqual([32, 48, 3])
  expect(generator.outputs[0]!.shape).toEqual([null, 32, 48, 3])
})

test('the weights of the generator that it ships are under 4 MB', () => {
  expect(statSync(`${app.generator}/weights.bin`).size).toBeLessThan(4e6)
})
