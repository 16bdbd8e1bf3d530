import { selectGenerator } from '@gankit/core'
import { drawSamples, type Samples } from '@gankit/inference'
import { nonSaturating } from '@gankit/losses'
import { expect, test } from 'vitest'
import { createGanTrainer, samples } from '../../src/index.ts'
import { points, tinyGan } from '../tiny-gan.ts'

test('the same latents are drawn at the start, every so many steps and at the end', async () => {
  const gan = tinyGan()
  const trainer = createGanTrainer({ gan, objective: nonSaturating() })
  const shown = new Map<number, Samples>()
  await trainer.fit(points(), {
    steps: 7,
    callbacks: [samples({ every: 3, count: 5, seed: 4, show: (drawn, step) => void shown.set(step, drawn) })],
  })
  expect([...shown.keys()]).toEqual([0, 3, 6, 7])
  expect(shown.get(7)).toMatchObject({ count: 5, sampleShape: [2] })
  expect(shown.get(7)!.samples).not.toEqual(shown.get(6)!.samples)
  // What the generator draws now is what it drew then.
  expect((await drawSamples(selectGenerator(gan), 5, 4)).samples).toEqual(shown.get(7)!.samples)
})

test('a last step that has its samples is not drawn twice', async () => {
  const steps: number[] = []
  const trainer = createGanTrainer({ gan: tinyGan(), objective: nonSaturating() })
  const callbacks = [samples({ every: 2, count: 1, show: (_, step) => void steps.push(step) })]
  await trainer.fit(points(), { steps: 4, callbacks })
  expect(steps).toEqual([0, 2, 4])
})

test('the average of G draws where there is one', async () => {
  const gan = tinyGan()
  const trainer = createGanTrainer({ gan, objective: nonSaturating(), averageDecay: 0.9 })
  let last: Samples | undefined
  const show = (drawn: Samples) => {
    last = drawn
  }
  await trainer.fit(points(), {
    steps: 20,
    callbacks: [samples({ every: 20, count: 3, show })],
  })
  const own = await drawSamples(selectGenerator(gan), 3, 0)
  expect(last!.samples).not.toEqual(own.samples)
  await trainer.averages['generator']!.withAveragedWeights(async () => {
    expect((await drawSamples(selectGenerator(gan), 3, 0)).samples).toEqual(last!.samples)
  })
})
