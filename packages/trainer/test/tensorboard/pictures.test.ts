import { trainableWeights } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { createGanTrainer, type RunContext, tensorboard } from '../../src/index.ts'
import { gameScalars } from '../game-scalars.ts'
import { points, tinyGan } from '../tiny-gan.ts'
import { eventsIn } from './reader.ts'
import { greyPng } from './tiny-png.ts'
import { end, step, tagged, written } from './written.ts'

test('pictures before the first step, every so many and at the end', async () => {
  const run = {} as RunContext
  const png = greyPng(5, 3, 200)
  const drawn: [number, RunContext][] = []
  const draw = async (step: number, run: RunContext) => {
    drawn.push([step, run])
    return { png, width: 5, height: 3, ...(step === 4 && { tag: 'faces' }) }
  }
  const events = [
    { type: 'start', step: 0, scalars: gameScalars } as const,
    step(1),
    step(2),
    step(3),
    step(4),
    end(5),
  ]
  const shown = await written(events, { images: { every: 2, draw } }, run)
  expect(drawn).toEqual([0, 2, 4, 5].map(n => [n, run]))
  const picture = { width: 5, height: 3, colorspace: 1, png }
  expect(shown.map(({ values }) => ({ ...values }))).toEqual([
    {},
    { samples: picture },
    { samples: picture },
    { faces: picture },
    { ...tagged, 'speed/samples-per-second': 32, samples: picture },
  ])
})

test('a picture that is no PNG is an error', async () => {
  const draw = async () => ({ png: Uint8Array.of(1, 2, 3), width: 1, height: 1 })
  await expect(written([step(1)], { images: { every: 1, draw } })).rejects.toThrow(
    '[gankit/trainer] an image of 3 bytes is no PNG, expected a PNG file',
  )
})

test('histograms of every trainable weight of both networks', async () => {
  const gan = tinyGan({ discriminatorNorm: true })
  const trainer = createGanTrainer({ gan, objective: nonSaturating() })
  const records: Uint8Array[] = []
  const callback = tensorboard({ write: record => void records.push(record), every: 2, histogramEvery: 3 })
  const before = tf.memory().numTensors
  await callback({ type: 'start', step: 0, scalars: gameScalars }, { trainer } as unknown as RunContext)
  expect(tf.memory().numTensors).toBe(before)
  await trainer.fit(points(), { steps: 4, callbacks: [callback] })
  const shown = new Map(
    records.flatMap(eventsIn).flatMap(({ step, values = {} }) => {
      const tags = Object.keys(values).filter(tag => /^(generator|discriminator)\//.test(tag))
      return tags.length > 0 ? [[step, Object.fromEntries(tags.map(tag => [tag, values[tag]]))]] : []
    }),
  ) as Map<number, Record<string, { min: number; max: number; num: number; sum: number }>>
  expect([...shown.keys()]).toEqual([0, 3, 4])
  expect(Object.keys(shown.get(4)!)).toEqual([
    'generator/dense_1/kernel',
    'generator/norm_1/gamma',
    'generator/norm_1/beta',
    'generator/dense_2/kernel',
    'generator/dense_2/bias',
    'discriminator/dense_1/kernel',
    'discriminator/dense_1/bias',
    'discriminator/norm_1/gamma',
    'discriminator/norm_1/beta',
    'discriminator/dense_2/kernel',
    'discriminator/dense_2/bias',
  ])
  for (const [player, model] of [
    ['generator', gan.generator],
    ['discriminator', gan.discriminator],
  ] as const)
    for (const [name, weight] of trainableWeights(model)) {
      const numbers = [...weight.dataSync<'float32'>()]
      const histogram = shown.get(4)![`${player}/${name}`]!
      expect(histogram).toMatchObject({
        min: Math.min(...numbers),
        max: Math.max(...numbers),
        num: numbers.length,
      })
      expect(histogram.sum).toBeCloseTo(
        numbers.reduce((a, b) => a + b),
        10,
      )
    }
  expect(shown.get(3)).not.toEqual(shown.get(4))
})
