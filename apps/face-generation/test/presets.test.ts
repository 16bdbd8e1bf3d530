import { trainableWeights } from '@gankit/core'
import { createObjective } from '@gankit/losses'
import { createOptimizer } from '@gankit/trainer/optimizers'
import { expect, test } from 'vitest'
import { app } from '../src/index.ts'

const ganOf = (name: string, sampleShape = [64, 64, 3]) => {
  const { model, training } = app.presets[name]!
  return app.createGan({ model, latentSize: training.latentSize, sampleShape, seed: 1 })
}

test.each(Object.keys(app.presets))('preset %s makes a net for faces, and settings that fit', name => {
  const { training } = app.presets[name]!
  const gan = ganOf(name)
  expect(gan.sampleShape).toEqual([64, 64, 3])
  expect(gan.latent!.size).toBe(training.latentSize)
  createObjective(training.objective)
  createOptimizer(training.optimizers.generator)
  createOptimizer(training.optimizers.discriminator)
})

test('classic has the full width: 100 → 4·4·1024 → 64×64×3', () => {
  const { generator } = ganOf('classic')
  const shapes = generator.layers.map(layer => String((layer.outputShape as number[]).slice(1)))
  for (const shape of ['4,4,1024', '8,8,512', '16,16,256', '32,32,128', '64,64,3'])
    expect(shapes).toContain(shape)
})

test.each([32, 128])('%i pixels get a net of their own', side => {
  expect(ganOf('quick', [side, side, 3]).generator.outputs[0]!.shape).toEqual([null, side, side, 3])
})

test('conditional faces: G(z, c) and D(x, c) get the attributes as an input of their own', () => {
  const { model, training } = app.presets['quick']!
  const condition = {
    kind: 'categories',
    attributes: [{ name: 'glasses', values: ['none', 'glasses', 'sunglasses'] }],
  } as const
  const latentSize = training.latentSize
  const gan = app.createGan({ model, latentSize, sampleShape: [64, 64, 3], seed: 1, condition })
  expect(gan.condition).toEqual(condition)
  expect(gan.generator.inputs.map(({ shape }) => shape)).toEqual([
    [null, latentSize],
    [null, 3],
  ])
  expect(gan.discriminator.inputs.map(({ shape }) => shape)).toEqual([
    [null, 64, 64, 3],
    [null, 3],
  ])
  expect(gan.discriminator.outputs[0]!.shape).toEqual([null, 1])
  // All of it is made of stock layers, so that a page can hold it.
  expect(gan.generator.layers.filter(layer => layer.getClassName().includes('>'))).toEqual([])
  expect(trainableWeights(gan.generator).size).toBeGreaterThan(0)
})
