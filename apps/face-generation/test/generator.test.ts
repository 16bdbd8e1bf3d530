import { readFileSync, statSync } from 'node:fs'
import {
  allWeights,
  type CategoricalCondition,
  encodeCategories,
  type Latent,
  randomStream,
} from '@gankit/core'
import { architectures, createDcgan } from '@gankit/dcgan'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'

interface Metadata {
  readonly version: number
  readonly noise: Latent
  readonly condition: CategoricalCondition
  readonly sampleShape: readonly number[]
}

let model: tf.LayersModel
let metadata: Metadata

/** Opens the generator that comes with the app as a page would that has tfjs and nothing of gankit. */
beforeAll(async () => {
  await tf.setBackend('cpu')
  const file = (name: string) => readFileSync(`${import.meta.dirname}/../generator/${name}`)
  const { weightsManifest, ...json } = JSON.parse(file('model.json').toString()) as tf.io.ModelJSON
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights)
  const weightData = new Uint8Array(file('weights.bin')).buffer
  model = await tf.loadLayersModel(tf.io.fromMemory({ ...json, weightSpecs, weightData }))
  metadata = (model.getUserDefinedMetadata() as { gankit: Metadata }).gankit
})

test('the shipped generator is that of preset light with the attributes as a condition', () => {
  const { version, noise, condition, sampleShape } = metadata
  expect([version, noise.size, sampleShape]).toEqual([2, 100, [64, 64, 3]])
  expect(condition.attributes.map(({ name }) => name)).toEqual(['hair-color', 'glasses', 'skin', 'mouth'])
  const { generator } = createDcgan({ ...architectures['faces-light'], latent: noise, condition })
  const shapesOf = (network: tf.LayersModel) =>
    [...allWeights(network)].map(([name, { shape }]) => [name, shape])
  expect(shapesOf(model)).toEqual(shapesOf(generator))
  expect(model.inputNames).toEqual(generator.inputNames)
  expect(model.layers.map(({ name }) => name)).toEqual(generator.layers.map(({ name }) => name))
})

// Pixels that this generator gave when it was trained, while the condition was still the end of its latent.
const pixels: [row: number, column: number, colors: number[][]][] = [
  [
    20,
    32,
    [
      [0.8223909735679626, -0.06355194002389908, 0.03165532276034355],
      [0.8943287134170532, 0.8838919997215271, 0.9770596623420715],
    ],
  ],
  [
    32,
    20,
    [
      [0.02403956837952137, -0.4302595853805542, -0.2293393760919571],
      [0.07093171030282974, -0.3324850797653198, -0.4201006591320038],
    ],
  ],
  [
    32,
    32,
    [
      [0.9294766783714294, 0.7346308827400208, 0.5974992513656616],
      [-0.025405466556549072, -0.3342403173446655, -0.42490148544311523],
    ],
  ],
  [
    45,
    32,
    [
      [0.9728459715843201, 0.5697596073150635, 0.2631869316101074],
      [0.7881962656974792, 0.8006777763366699, 0.9675063490867615],
    ],
  ],
]

test('it draws what it drew when it was trained', async () => {
  const { attributes } = metadata.condition
  const noise = tf.tensor2d(randomStream(1, 'noise').normal(200), [2, 100])
  const condition = tf.tensor2d(encodeCategories(attributes, [2, 2, 0, 1, 6, 0, 6, 4]), [2, 24])
  const faces = model.predict([noise, condition]) as tf.Tensor4D
  for (const [row, column, colors] of pixels)
    await expectClose(tf.slice4d(faces, [0, row, column, 0], [2, 1, 1, 3]), colors.flat(), 1e-5)
})

test('its weights are under 8 MB', () => {
  expect(statSync(`${import.meta.dirname}/../generator/weights.bin`).size).toBeLessThan(8e6)
})
