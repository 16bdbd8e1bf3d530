import { statSync } from 'node:fs'
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

test('outputs are made small as the inputs were', () => {
  const values = Float32Array.from({ length: 64 * 64 * 3 }, (_, i) => Math.sin(i / 500))
  const small = app.samples!.reduce!({ values, shape: [64, 64, 3] })
  expect(small.shape).toEqual([16, 16, 3])
})

test('the weights of the generator that it ships are under 2 MB', () => {
  expect(statSync(`${app.generator}/weights.bin`).size).toBeLessThan(2e6)
})
