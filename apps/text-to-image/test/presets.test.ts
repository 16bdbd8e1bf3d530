import { expect, test } from 'vitest'
import { app } from '../src/index.ts'

const data = { sampleShape: [64, 64, 3], latentSize: 8, seed: 1 }
const condition = { kind: 'tokens', length: 32, vocabulary: 50 } as const

test.each(Object.keys(app.presets))(
  'preset %s makes a generator of captions, and an encoder that learns beside it',
  name => {
    const { model, training } = app.presets[name]!
    const game = app.createGame({ ...data, model, training, condition })
    expect(Object.keys(game.players)).toEqual(['encoder', 'discriminator', 'generator'])
    expect(game.generators['generator']).toMatchObject({
      condition,
      sampleShape: [64, 64, 3],
      noise: { size: 8 },
    })
  },
)

test('pictures without captions are refused in words', () => {
  const { model, training } = app.presets['quick']!
  expect(() => app.createGame({ ...data, model, training })).toThrow(
    'the data have no captions, expected a caption for each picture: add --captions both for faces and birds, or --captions FILE.tsv',
  )
})
