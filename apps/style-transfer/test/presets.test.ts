import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { app } from '../src/index.ts'

const streams = { photos: { sampleShape: [64, 64, 3] }, paintings: { sampleShape: [64, 64, 3] } }
const createGame = (preset: string) => {
  const { model, training } = app.presets[preset]!
  return app.createGame({ model, training, streams, latentSize: 1, seed: 1 })
}

test.each(['quick', 'full'])('preset %s makes a game of two generators and two discriminators', name => {
  const game = createGame(name)
  expect(Object.keys(game.generators).sort()).toEqual(['paintings-to-photos', 'photos-to-paintings'])
  expect(Object.keys(game.players)).toEqual(['generators', 'judge-photos', 'judge-paintings'])
  expect(Object.keys(game.state!)).toEqual(['photos-pool', 'paintings-pool'])
})

test('preset cut makes a game of one generator with the heads of five layers, and one discriminator', () => {
  const game = createGame('cut')
  expect(Object.keys(game.generators)).toEqual(['photos-to-paintings'])
  expect(Object.keys(game.players)).toEqual(['generator', 'discriminator'])
  const heads = Object.keys(game.networks).filter(name => name.startsWith('head-'))
  expect(heads.map(name => name.slice(5))).toEqual([
    'photos-to-paintings_input',
    'down_1_conv',
    'down_2_conv',
    'block_1_sum',
    'block_2_sum',
  ])
})

test.each(Object.keys(app.presets))('the generator that preset %s shows translates a photo', name => {
  const shown = createGame(name).generators[app.samples!.generator!]!
  expect(shown.condition).toEqual({ kind: 'image', shape: [64, 64, 3] })
})

test('the weights of each generator that it ships are under 2 MB', () => {
  for (const folder of [app.generator!, app.generators!['paintings-to-photos']!.folder])
    expect(statSync(`${folder}/weights.bin`).size).toBeLessThan(2e6)
})
