import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fromHalf, type Generator, toHalf } from '@gankit/core'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { encodeGenerator } from '../src/index.ts'
import { openGenerator, saveGenerator } from '../src/node.ts'
import { faces, points } from './generators.ts'
import { failureOf, scratch, tree } from './scratch.ts'

const outputOf = (model: tf.LayersModel) =>
  (model.predict(tf.randomNormal([9, 3], 0, 1, 'float32', 77)) as tf.Tensor).data<'float32'>()
const valuesOf = (model: tf.LayersModel) =>
  Promise.all(model.getWeights().map(weight => weight.data<'float32'>()))

async function savedTwice() {
  const generator = points()
  const [whole, half] = [join(scratch(), 'whole'), join(scratch(), 'half')]
  await saveGenerator(whole, generator)
  await saveGenerator(half, generator, 'float16')
  return { generator, whole, half }
}

test('16 bits are half the bytes, and open as the nearest numbers of 16 bits', async () => {
  const { generator, whole, half } = await savedTwice()
  const bytes = (folder: string) => statSync(join(folder, 'weights.bin')).size
  expect(tree(half)).toEqual(['model.json', 'weights.bin'])
  expect(bytes(half)).toBe(bytes(whole) / 2)
  const again = await openGenerator(half)
  expect(again.noise).toEqual(generator.noise)
  const nearest = (await valuesOf(generator.model)).map(values => fromHalf(toHalf(values)))
  expect(await valuesOf(again.model)).toEqual(nearest)
  // Each of its few layers changes its sums by half a step of 2⁻¹¹, relative to numbers of about 1.
  await expectClose(await outputOf(again.model), await outputOf(generator.model), 2e-3)
})

test('plain TensorFlow.js decodes them by itself', async () => {
  const { half } = await savedTwice()
  const { weightsManifest, ...model } = JSON.parse(readFileSync(join(half, 'model.json'), 'utf8'))
  const weights = readFileSync(join(half, 'weights.bin'))
  const weightData = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length)
  const plain = await tf.loadLayersModel(
    tf.io.fromMemory({
      ...model,
      weightSpecs: weightsManifest[0].weights,
      weightData: weightData as ArrayBuffer,
    }),
  )
  expect(await outputOf(plain)).toEqual(await outputOf((await openGenerator(half)).model))
  expect(weightsManifest[0].weights[0].quantization).toEqual({ dtype: 'float16', original_dtype: 'float32' })
})

test.each([65520, -1e6, Number.NaN])('a weight of %f is refused, and nothing written', async value => {
  const generator = points()
  const bias = generator.model.layers.at(-1)!.weights.at(-1)!
  bias.write(tf.fill(bias.shape as number[], value))
  const folder = join(scratch(), 'half')
  expect(await failureOf(saveGenerator(folder, generator, 'float16'))).toMatch(
    new RegExp(`^\\[gankit/inference\\] weight .+: ${value} has no 16-bit float`),
  )
  expect(() => statSync(folder)).toThrow('ENOENT')
})

test('what it holds is plain data, and the model is left as it was', async () => {
  const generator = faces()
  const { model, weights } = await encodeGenerator(generator)
  expect(model.userDefinedMetadata).toEqual({
    gankit: {
      version: 2,
      noise: generator.noise,
      condition: generator.condition,
      sampleShape: [2, 2, 1],
    },
  })
  expect(JSON.parse(JSON.stringify(model))).toEqual(model)
  expect(model.weightsManifest.map(({ paths }) => paths)).toEqual([['weights.bin']])
  expect(weights.length).toBe(4 * generator.model.countParams())
  expect(generator.model.getUserDefinedMetadata()).toBeUndefined()
})

const contradictions: [string, Partial<Generator>, string][] = [
  [
    'noise of another size',
    { noise: { size: 4, prior: { name: 'normal', mean: 0, std: 1 } } },
    'makes [n, 2, 2, 1] of [n, 3] and [n, 5], expected [n, 2, 2, 1] of [n, 4] and [n, 5]',
  ],
  ['another shape', { sampleShape: [4] }, 'makes [n, 2, 2, 1] of [n, 3] and [n, 5], expected [n, 4] of'],
  [
    'shares that sum to 2',
    { condition: { kind: 'categories', attributes: [{ name: 'a', values: ['x', 'y'], shares: [1, 1] }] } },
    'names shares of a that sum to 2, expected 1',
  ],
]
test.each(contradictions)('%s is refused before anything is written', async (_, change, message) => {
  const folder = join(scratch(), 'model')
  const said = await failureOf(saveGenerator(folder, { ...faces(), ...change }))
  expect(said).toMatch(/^\[gankit\/inference\] the generator /)
  expect(said).toContain(message)
  expect(() => statSync(folder)).toThrow('ENOENT')
})
