import { forward } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { createTrainer, type Drawn, drawSamples, samples } from '../../src/index.ts'
import { points, tinyGan } from '../tiny-gan.ts'

test('the same latents are drawn at the start, every so many steps and at the end', async () => {
  const gan = tinyGan()
  const trainer = createTrainer({ gan, objective: nonSaturating() })
  const shown = new Map<number, Drawn>()
  await trainer.fit(points(), {
    steps: 7,
    callbacks: [samples({ every: 3, count: 5, seed: 4, show: (drawn, step) => void shown.set(step, drawn) })],
  })
  expect([...shown.keys()]).toEqual([0, 3, 6, 7])
  expect(shown.get(7)).toMatchObject({ count: 5, sampleShape: [2] })
  expect(shown.get(7)!.samples).not.toEqual(shown.get(6)!.samples)
  // What the generator draws now is what it drew then.
  expect((await drawSamples(gan.generator, gan.latent, 5, 4)).samples).toEqual(shown.get(7)!.samples)
})

test('a last step that has its samples is not drawn twice', async () => {
  const steps: number[] = []
  const trainer = createTrainer({ gan: tinyGan(), objective: nonSaturating() })
  const callbacks = [samples({ every: 2, count: 1, show: (_, step) => void steps.push(step) })]
  await trainer.fit(points(), { steps: 4, callbacks })
  expect(steps).toEqual([0, 2, 4])
})

test('the average of G draws where there is one', async () => {
  const gan = tinyGan()
  const trainer = createTrainer({ gan, objective: nonSaturating(), averageDecay: 0.9 })
  let last: Drawn | undefined
  const show = (drawn: Drawn) => {
    last = drawn
  }
  await trainer.fit(points(), {
    steps: 20,
    callbacks: [samples({ every: 20, count: 3, show })],
  })
  const own = await drawSamples(gan.generator, gan.latent, 3, 0)
  expect(last!.samples).not.toEqual(own.samples)
  await trainer.average!.during(async () => {
    expect((await drawSamples(gan.generator, gan.latent, 3, 0)).samples).toEqual(last!.samples)
  })
})

test('a larger count begins with the same samples', async () => {
  const { generator, latent } = tinyGan()
  const few = await drawSamples(generator, latent, 3, 9)
  const many = await drawSamples(generator, latent, 250, 9)
  expect(many.samples.slice(0, 6)).toEqual(few.samples)
  expect(many.samples.length).toBe(500)
  const before = tf.memory().numTensors
  await drawSamples(generator, latent, 120, 9)
  expect(tf.memory().numTensors).toBe(before)
  expect(forward(generator, tf.zeros([1, 3])).shape).toEqual([1, 2])
})
