import { statSync } from 'node:fs'
import { planConfig } from '@gankit/experiment'
import { expect, test } from 'vitest'
import { app } from '../src/index.ts'

const streams = {
  input: { sampleShape: [64, 64, 3] },
  target: { sampleShape: [64, 64, 3] },
}
const gameOf = (name: string, changes: object = {}) => {
  const { model, training } = app.presets[name]!
  return app.createGame({ model: { ...model, ...changes }, training, streams, latentSize: 1, seed: 1 })
}

test.each(Object.keys(app.presets))('preset %s makes a game of G and D on pairs', name => {
  const game = gameOf(name)
  expect(game.streams).toEqual(['input', 'target'])
  expect(Object.keys(game.players)).toEqual(['generator', 'discriminator'])
  expect(game.networks['discriminator']!.inputNames.length).toBe(2)
  expect(game.scalars.map(({ name }) => name)).toContain('generator/l1')
  expect(Object.keys(game.networks).includes('encoder')).toBe(name === 'styles')
})

test('the game of styles does not read settings of Algorithm 1, and says so', () => {
  const plan = (preset: string) => () =>
    planConfig(app, { preset, flags: { discriminatorSteps: 2 } }, {} as never, {} as never)
  expect(plan('styles')).toThrow(
    "--discriminator-steps is given, and the game of edges-to-faces's preset styles has no use for it: leave it out",
  )
  expect(plan('quick')).not.toThrow()
})

test('without an adversary G alone has a turn; without a condition D sees pictures alone; noise is a second input of G', () => {
  expect(
    gameOf('quick', { adversarial: false })
      .rounds(1e9)
      .flat()
      .map(({ player }) => player),
  ).toEqual(['generator'])
  expect(gameOf('quick', { conditional: false }).networks['discriminator']!.inputNames.length).toBe(1)
  expect(gameOf('quick', { noise: 8 }).generators['generator']!.noise!.size).toBe(8)
})

test('drawings of other channels than the pictures, and other sizes, get a net of their own', () => {
  const { model, training } = app.presets['quick']!
  const other = { input: { sampleShape: [48, 96, 1] }, target: { sampleShape: [48, 96, 3] } }
  const { generators } = app.createGame({ model, training, streams: other, latentSize: 1, seed: 1 })
  expect(generators['generator']!.model.outputs[0]!.shape).toEqual([null, 48, 96, 3])
})

test('the weights of each generator that it ships are under 2 MB', () => {
  for (const folder of [app.generator!, app.generators!['labels']!.folder])
    expect(statSync(`${folder}/weights.bin`).size).toBeLessThan(2e6)
})
