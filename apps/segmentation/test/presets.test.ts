import { statSync } from 'node:fs'
import { cartoonLabels } from '@gankit/datasets'
import { expect, test } from 'vitest'
import { app } from '../src/index.ts'

const streams = { picture: { sampleShape: [64, 64, 3] }, labels: { sampleShape: [64, 64, 3] } }

test.each(Object.keys(app.presets))('preset %s makes a segmenter that shows labels in colors', name => {
  const { model, training } = app.presets[name]!
  const game = app.createGame({ model, training, streams, latentSize: 1, seed: 1 })
  expect(Object.keys(game.players)).toEqual(name === 'quick' ? ['segmenter'] : ['segmenter', 'discriminator'])
  expect(game.generators['segmenter']!.sampleShape).toEqual([64, 64, 3])
})

test('pictures without labels are learned from against a discriminator, and only then', () => {
  const create = (name: string, unlabeled: { sampleShape: number[] }) => {
    const { model, training } = app.presets[name]!
    return app.createGame({ model, training, streams: { ...streams, unlabeled }, latentSize: 1, seed: 1 })
  }
  expect(create('adversarial', streams.picture).streams).toEqual(['picture', 'labels', 'unlabeled'])
  expect(() => create('quick', streams.picture)).toThrow(
    'this preset has no discriminator, which says where labels of its pictures are right: add --preset adversarial',
  )
  expect(() => create('adversarial', { sampleShape: [32, 32, 3] })).toThrow(
    'the pictures of unlabeled are 32×32×3 and those of picture 64×64×3, expected one shape',
  )
})

test.each(['personas', 'toon-head', 'big-ears'] as const)('the palette has every label of %s', style => {
  const palette = app.samples!.palette!.map(String)
  for (const { color } of cartoonLabels(style)) expect(palette).toContain(String(color))
  expect(new Set(palette).size).toBe(palette.length)
})

test('the weights of the generator that it ships are under 2 MB', () => {
  expect(statSync(`${app.generator}/weights.bin`).size).toBeLessThan(2e6)
})
