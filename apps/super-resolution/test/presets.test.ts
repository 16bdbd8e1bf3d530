import { statSync } from 'node:fs'
import { fromArrays } from '@gankit/datasets'
import { buildTrainer } from '@gankit/experiment'
import { expect, test } from 'vitest'
import { app } from '../src/index.ts'

const createGame = (name: string, low: number, high: number) => {
  const { model, training } = app.presets[name]!
  const streams = { low: { sampleShape: [low, low, 3] }, high: { sampleShape: [high, high, 3] } }
  return app.createGame({ model, training, streams, latentSize: 1, seed: 1 })
}

test.each(Object.keys(app.presets))('preset %s enlarges four times', name => {
  const game = createGame(name, 16, 64)
  expect(game.generators['generator']!.sampleShape).toEqual([64, 64, 3])
  expect(
    game
      .rounds(0)
      .flat()
      .map(({ player }) => player),
  ).toEqual(['generator'])
  const { steps } = app.presets[name]!.training
  const last = game
    .rounds(steps - 1)
    .flat()
    .map(({ player }) => player)
  expect(last).toEqual(name === 'quick' ? ['generator'] : ['discriminator', 'generator'])
})

test('pictures that are not four times as large are refused, with the flags that make them so', () => {
  expect(() => createGame('quick', 32, 64)).toThrow(
    'pictures of low are 32×32 and of high 64×64, expected high ones 4 times as large: --size SIZE --reduce low=4',
  )
})

test('the trained network is a term once D judges, and takes gray for a color', async () => {
  const { model, training } = app.presets['srgan']!
  const withNetwork = {
    ...model,
    base: 4,
    blocks: 1,
    discriminatorBase: 4,
    contentSteps: 0,
    perceptualWeight: 1,
  }
  const settings = { model: withNetwork, training: { ...training, averageDecay: 0 } }
  // Its weights have to be read before.
  const pictures = (side: number) =>
    fromArrays({
      samples: Float32Array.from({ length: 4 * side * side }, (_, i) => Math.sin(i)),
      shape: [side, side, 1],
    })
  const streams = { low: pictures(16), high: pictures(64) }
  expect(() => app.createGame({ ...settings, streams, latentSize: 1, seed: 1 })).toThrow(
    'await app.load({ model, training }) before createGame',
  )
  const trainer = await buildTrainer(app, { ...settings, seed: 1 }, { streams })
  expect(trainer.game.scalars.map(({ name }) => name)).toContain('generator/perceptual')
  let value = 0
  await trainer.fit(
    { low: streams.low.batches({ size: 2 }), high: streams.high.batches({ size: 2 }) },
    {
      steps: 1,
      callbacks: [
        async event => {
          if (event.type === 'step') value = (await event.read())['generator/perceptual']!
        },
      ],
    },
  )
  expect(value).toBeGreaterThan(0)
  trainer.dispose()
})

test('outputs are made small as the inputs were', () => {
  const values = Float32Array.from({ length: 64 * 64 * 3 }, (_, i) => Math.sin(i / 500))
  const small = app.samples!.reduce!({ values, shape: [64, 64, 3] })
  expect(small.shape).toEqual([16, 16, 3])
})

test('the weights of the generator that it ships are under 2 MB', () => {
  expect(statSync(`${app.generator}/weights.bin`).size).toBeLessThan(2e6)
})
