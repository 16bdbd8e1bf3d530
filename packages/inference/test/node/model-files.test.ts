import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Generator, normalPrior, uniformPrior } from '@gankit/core'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { drawInputs, openGenerator as openSource, type Samples, sample } from '../../src/index.ts'
import { openGenerator, saveGenerator } from '../../src/node.ts'
import { faces, images, points, sentences, translator } from '../generators.ts'
import { failureOf, scratch, tree } from '../scratch.ts'
import { changeMetadata, saved, savedPlain, served, trained } from './model-files.ts'

const outputOf = (model: tf.LayersModel) =>
  (model.predict(tf.randomNormal([9, 3], 0, 1, 'float32', 77)) as tf.Tensor).data<'float32'>()
test('a generator predicts the same after saving and opening, and keeps its noise', async () => {
  const folder = join(scratch(), 'model')
  const generator = trained()
  const expected = await outputOf(generator.model)
  expect(expected).not.toEqual(await outputOf(points().model))
  for (const prior of [uniformPrior(-1, 1), normalPrior(0.5, 2)]) {
    await saveGenerator(folder, { ...generator, noise: { size: 3, prior } })
    expect(tree(folder)).toEqual(['model.json', 'weights.bin'])
    const again = await openGenerator(folder)
    expect(again.noise).toEqual({ size: 3, prior })
    await expectClose(await outputOf(again.model), expected, 1e-6)
  }
})

const kinds: [string, Generator, Float32Array?][] = [
  ['noise', trained()],
  ['noise and categories', faces()],
  ['images', translator(), images(7)],
  ['tokens', sentences()],
  ['tokens and a vector', sentences(true), Float32Array.from({ length: 14 }, (_, i) => i / 7 - 1)],
]

test.each(kinds)(
  'from %s: opened from a folder, an address and bytes it draws the same',
  async (_, generator, condition) => {
    const folder = await saved(generator)
    const inputs = drawInputs(generator, 7, 3, condition && { condition })
    const expected = await sample(generator, inputs, { seed: 3 })
    const files = {
      model: JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')),
      weights: new Uint8Array(readFileSync(join(folder, 'weights.bin'))),
    }
    const { model: _model, ...description } = generator
    let first: Samples | undefined
    for (const open of [
      () => openGenerator(folder),
      async () => openSource(await served(folder)),
      async () => openSource(new URL(await served(folder))),
      () => openSource(files),
    ]) {
      const before = tf.memory().numTensors
      const { model, dispose, ...again } = await open()
      expect(again).toEqual(description)
      const drawn = await sample({ model, ...again }, inputs, { seed: 3 })
      // Stock batch norm, which it opens as, may round the last bit another way than the one that trains.
      await expectClose(drawn.samples, expected.samples, 1e-6)
      first ??= drawn
      expect(drawn).toEqual(first)
      dispose()
      expect(tf.memory().numTensors).toBe(before)
    }
  },
)

test('opening and disposing leaves no tensors, neither does refusing', async () => {
  const folder = await saved(points())
  const image = await savedPlain(tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 1] })] }))
  const other = await saved(faces(), changeMetadata({ sampleShape: [4] }))
  const before = tf.memory().numTensors
  ;(await openGenerator(folder)).dispose()
  await failureOf(openGenerator(image))
  await failureOf(openGenerator(other))
  expect(tf.memory().numTensors).toBe(before)
})

test('plain TensorFlow.js opens it by URL, with stock layers alone', async () => {
  const generator = trained()
  const folder = await saved(generator)
  const plain = await tf.loadLayersModel(await served(folder))
  await expectClose(await outputOf(plain), await outputOf(generator.model), 1e-6)
  expect(readFileSync(join(folder, 'model.json'), 'utf8')).not.toContain('@gankit')
})

test('weights in several files are read in their order', async () => {
  const generator = trained()
  const folder = await saved(generator, json => {
    const [group] = json['weightsManifest'] as { paths: string[] }[]
    group!.paths = ['a.bin', 'b.bin']
  })
  const bytes = readFileSync(join(folder, 'weights.bin'))
  writeFileSync(join(folder, 'a.bin'), bytes.subarray(0, 10))
  writeFileSync(join(folder, 'b.bin'), bytes.subarray(10))
  const again = await openGenerator(folder)
  await expectClose(await outputOf(again.model), await outputOf(generator.model), 1e-6)
})

test("a folder with somebody's files is not replaced by a model", async () => {
  const folder = scratch()
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  expect(await failureOf(saveGenerator(folder, points()))).toContain("holds 'notes.txt'")
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine')
})
