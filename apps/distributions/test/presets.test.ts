import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { app } from '../src/index.ts'

test.each(Object.keys(app.presets))('preset %s makes networks for points of any range', name => {
  const { model, training } = app.presets[name]!
  for (const size of [1, 2]) {
    const { latentSize } = training
    const { generator, discriminator } = app.createGan({ model, latentSize, sampleShape: [size], seed: 1 })
    const far = tf.tidy(() => {
      const samples = generator.predict(tf.fill([1, latentSize], 1e4)) as tf.Tensor
      expect(discriminator.outputs[0]!.shape).toEqual([null, 1])
      return { shape: samples.shape, greatest: samples.abs().max().dataSync()[0]! }
    })
    expect(far.shape).toEqual([1, size])
    expect(far.greatest).toBeGreaterThan(100)
  }
})
