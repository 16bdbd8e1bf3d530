import { expect, test } from 'vitest'
import { app } from '../src/index.ts'

const streams = { photos: { sampleShape: [64, 64, 3] }, paintings: { sampleShape: [64, 64, 3] } }

test.each(Object.keys(app.presets))(
  'preset %s makes a game of two generators and two discriminators',
  name => {
    const { model, training } = app.presets[name]!
    const game = app.createGame({ model, training, streams, latentSize: 1, seed: 1 })
    expect(Object.keys(game.generators).sort()).toEqual(['paintings-to-photos', 'photos-to-paintings'])
    expect(Object.keys(game.players)).toEqual(['generators', 'judge-photos', 'judge-paintings'])
    expect(Object.keys(game.state!)).toEqual(['photos-pool', 'paintings-pool'])
    expect(game.generators[app.samples!.generator!]!.condition).toEqual({ kind: 'image', shape: [64, 64, 3] })
  },
)
