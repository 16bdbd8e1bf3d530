import { decodeWords, encodeWords, type Generator } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  type CaptionCondition,
  drawArithmetic,
  drawBetween,
  drawInputs,
  drawNoise,
  drawSamples,
  drawWalk,
  encodeGenerator,
  findCaptions,
  listExamples,
  openParts,
  sample,
} from '../src/index.ts'
import { captioned, faces, sentences, translator } from './generators.ts'

const generator = captioned()
const { condition } = generator
const encode = (text: string) => encodeWords(condition.words, condition.length, text).tokens

const expectClose = (got: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(got).toHaveLength(expected.length)
  for (const [i, value] of Array.from(expected).entries()) expect(got[i]).toBeCloseTo(value, 5)
}

test('tokens are read as a text: spaces between words, none between Chinese characters', () => {
  const words = ['', '?', 'red', 'hair', '红', '发']
  const read = (...tokens: number[]) => decodeWords(words, tokens)
  expect(read(2, 3, 0, 0)).toBe('red hair')
  expect(read(4, 5, 2, 3, 4, 0)).toBe('红发 red hair 红')
  expect(read(1, 3)).toBe('? hair')
  expect(read(0, 0)).toBe('')
  expect(listExamples(condition)).toEqual(['curly red hair', '红发'])
  expect(findCaptions(generator)).toBe(condition)
  for (const other of [faces(), translator(), sentences()]) expect(findCaptions(other)).toBeUndefined()
})

test('the parts are those that draw the same together, and only parts that fit one another', () => {
  const { textEncoder, painter } = openParts(generator)!
  expect(painter.condition).toEqual({ kind: 'vector', size: 3 })
  const tokens = tf.tensor2d(encode('red hair'), [1, 4], 'int32')
  const noise = tf.tensor2d([0.3, -1, 2], [1, 3])
  const whole = generator.model.predict([noise, tokens]) as tf.Tensor
  const parts = painter.model.predict([noise, textEncoder.predict(tokens) as tf.Tensor]) as tf.Tensor
  expect([...parts.dataSync()]).toEqual([...whole.dataSync()])
  expect(openParts(faces())).toBeUndefined()
  // A model that takes noise of another size than it says.
  expect(openParts({ ...generator, noise: { ...generator.noise!, size: 7 } })).toBeUndefined()
})

test('between two captions embeddings are mixed, and noise stays', async () => {
  const [from, to] = [encode('curly'), encode('红发')]
  const before = tf.memory().numTensors
  const frames = await drawBetween(generator, { from, to, count: 2, frames: 3 }, 5)
  expect(tf.memory().numTensors).toBe(before)
  const of = (tokens: readonly number[]) =>
    sample(generator, drawInputs(generator, 2, 5, { condition: Int32Array.from([...tokens, ...tokens]) }))
  expectClose(frames[0]!.samples, (await of(from)).samples)
  expectClose(frames[2]!.samples, (await of(to)).samples)
  const { textEncoder, painter } = openParts(generator)!
  const middle = tf.tidy(() => {
    const both = textEncoder.predict(tf.tensor2d([from, to].map(row => [...row]))) as tf.Tensor
    const mean = tf.mean(both, 0, true)
    const noise = tf.tensor2d(drawNoise(generator, 2, 5), [2, 3])
    return (painter.model.predict([noise, tf.tile(mean, [2, 1])]) as tf.Tensor).dataSync()
  })
  expectClose(frames[1]!.samples, middle)
  await expect(drawBetween(generator, { from, to, count: 2, frames: 1 }, 5)).rejects.toThrow('frames is 1')
})

test('a generator of captions that is one network draws, walks from caption to caption at once, and mixes none', async () => {
  const tokens = tf.input({ shape: [4] })
  const rows = tf.layers.embedding({ inputDim: 8, outputDim: 1 }).apply(tokens)
  const outputs = tf.layers.reshape({ targetShape: [2, 2, 1] }).apply(rows) as tf.SymbolicTensor
  const plain = { model: tf.model({ inputs: tokens, outputs }), condition, sampleShape: [2, 2, 1] } as const
  expect((await drawSamples(plain, 3, 0)).count).toBe(3)
  expect(await drawWalk(plain, { count: 1, stops: 2, frames: 2 }, 0)).toHaveLength(4)
  const [from, to] = [encode('curly'), encode('红发')]
  await expect(drawBetween(plain, { from, to, count: 1, frames: 2 }, 0)).rejects.toThrow(
    'the generator has no text encoder of its own, expected one, whose numbers are mixed',
  )
})

test('walks go along embedded captions, and arithmetic averages them', async () => {
  const walk = { count: 2, stops: 3, frames: 2 }
  const frames = await drawWalk(generator, walk, 1)
  const stops = await drawSamples(generator, 6, 1)
  for (const stop of [0, 1, 2])
    expectClose(frames[2 * stop]!.samples, stops.samples.slice(stop * 8, (stop + 1) * 8))
  const { samples, columns } = await drawArithmetic(generator, { a: [1, 1] }, 1)
  // Two chosen samples, a gap, and their average, which they are.
  expect(columns).toBe(4)
  for (const column of [0, 1, 3])
    expectClose(samples.slice(column * 4, (column + 1) * 4), stops.samples.slice(4, 8))
})

test('a vocabulary that lacks a word for a number is no vocabulary', async () => {
  const wrong: Generator & { condition: CaptionCondition } = {
    ...generator,
    condition: { ...condition, words: condition.words.slice(1) },
  }
  await expect(encodeGenerator(wrong)).rejects.toThrow('expected as many words as the vocabulary has')
})
