import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fromHalf, toHalf } from '@gankit/core'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { loadGenerator, saveGenerator } from '../../src/node.ts'
import { tinyGan } from '../tiny-gan.ts'
import { failureOf, scratch, tree } from './scratch.ts'

const outputOf = (model: tf.LayersModel) =>
  (model.predict(tf.randomNormal([9, 3], 0, 1, 'float32', 77)) as tf.Tensor).data<'float32'>()
const valuesOf = (model: tf.LayersModel) =>
  Promise.all(model.getWeights().map(weight => weight.data<'float32'>()))

async function savedTwice() {
  const { generator, latent } = tinyGan()
  const [whole, half] = [join(scratch(), 'whole'), join(scratch(), 'half')]
  await saveGenerator(whole, { generator, latent })
  await saveGenerator(half, { generator, latent }, 'float16')
  return { generator, latent, whole, half }
}

test('16 bits are half the bytes, and open as the nearest numbers of 16 bits', async () => {
  const { generator, latent, whole, half } = await savedTwice()
  const bytes = (folder: string) => statSync(join(folder, 'weights.bin')).size
  expect(tree(half)).toEqual(['model.json', 'weights.bin'])
  expect(bytes(half)).toBe(bytes(whole) / 2)
  const again = await loadGenerator(half)
  expect(again.latent).toEqual(latent)
  const nearest = (await valuesOf(generator)).map(values => fromHalf(toHalf(values)))
  expect(await valuesOf(again.generator)).toEqual(nearest)
  // Each of its few layers changes its sums by half a step of 2⁻¹¹, relative to numbers of about 1.
  await expectClose(await outputOf(again.generator), await outputOf(generator), 2e-3)
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
  expect(await outputOf(plain)).toEqual(await outputOf((await loadGenerator(half)).generator))
  expect(weightsManifest[0].weights[0].quantization).toEqual({ dtype: 'float16', original_dtype: 'float32' })
})

test.each([65520, -1e6, Number.NaN])('a weight of %f is refused, and nothing written', async value => {
  const { generator, latent } = tinyGan()
  const bias = generator.layers.at(-1)!.weights.at(-1)!
  bias.write(tf.fill(bias.shape as number[], value))
  const folder = join(scratch(), 'half')
  expect(await failureOf(saveGenerator(folder, { generator, latent }, 'float16'))).toMatch(
    new RegExp(`^\\[gankit/trainer\\] weight .+: ${value} has no 16-bit float`),
  )
  expect(() => statSync(folder)).toThrow('ENOENT')
})
