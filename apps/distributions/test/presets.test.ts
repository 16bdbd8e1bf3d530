import { expect, test } from 'vitest'
import { app } from '../src/index.ts'

test.each(Object.keys(app.presets))('preset %s makes networks for points of any range', name => {
  const { model, training } = app.presets[name]!
  for (const size of [1, 2]) {
    const gan = app.createGan({ model, latentSize: training.latentSize, sampleShape: [size], seed: 1 })
    expect(gan.generator.outputs[0]!.shape).toEqual([null, size])
    expect(gan.generator.layers.at(-1)!.getConfig()['activation']).toBe('linear')
  }
})
