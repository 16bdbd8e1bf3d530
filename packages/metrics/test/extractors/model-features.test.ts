import { createHash } from 'node:crypto'
import * as tf from '@tensorflow/tfjs'
import { beforeEach, expect, test } from 'vitest'
import { modelFeatures } from '../../src/index.ts'

/** Kernels that are known, so that outputs are too. */
function layersModel() {
  const model = tf.sequential()
  model.add(tf.layers.flatten({ inputShape: [1, 2, 1], name: 'flat' }))
  model.add(tf.layers.dense({ units: 2, name: 'hidden' }))
  model.add(tf.layers.dense({ units: 1, name: 'last' }))
  model.setWeights([
    tf.tensor2d([1, 2, 3, 4], [2, 2]),
    tf.tensor1d([10, 20]),
    tf.tensor2d([1, 1], [2, 1]),
    tf.tensor1d([0]),
  ])
  return model
}

const node = (name: string, op: string, input: string[], attr = {}) => ({ name, op, input, attr })
const float = { type: 'DT_FLOAT' }
const shape = (...sides: number[]) => ({ dim: sides.map(size => ({ size: String(size) })) })

/** images [n, 1, 2, 1] · 2 → mean over both pixels, [n, 1]; the same graph without the mean is 'double'. */
async function graphModel(told: number[] = [-1, 1, 2, 1]) {
  const weights = tf.io.concatenateArrayBuffers([Float32Array.of(2).buffer, Int32Array.of(1, 2).buffer])
  const artifacts: tf.io.ModelArtifacts = {
    format: 'graph-model',
    modelTopology: {
      versions: { producer: 1 },
      node: [
        node('images', 'Placeholder', [], { dtype: float, shape: { shape: shape(...told) } }),
        node('two', 'Const', [], { dtype: float, value: { tensor: { dtype: 'DT_FLOAT', tensorShape: {} } } }),
        node('axes', 'Const', [], {
          dtype: { type: 'DT_INT32' },
          value: { tensor: { dtype: 'DT_INT32', tensorShape: shape(2) } },
        }),
        node('double', 'Mul', ['images', 'two'], { T: float }),
        node('mean', 'Mean', ['double', 'axes'], { keep_dims: { b: false }, T: float }),
      ],
    },
    weightSpecs: [
      { name: 'two', shape: [], dtype: 'float32' },
      { name: 'axes', shape: [2], dtype: 'int32' },
    ],
    weightData: weights,
  }
  return tf.loadGraphModel({ load: async () => artifacts })
}

const images = () => tf.tensor4d([-1, 1, 0.5, 0], [2, 1, 2, 1])

async function rows(extractor: { extract(images: tf.Tensor): { features: tf.Tensor2D } }) {
  const given = images()
  const { features } = extractor.extract(given)
  const values = (await features.array()) as number[][]
  tf.dispose([given, features])
  return values
}

let before = 0
beforeEach(() => {
  before = tf.memory().numTensors
})

test('features of a layers model are its output', async () => {
  const model = layersModel()
  const extractor = await modelFeatures({ model, name: 'mine' })
  expect(extractor.name).toBe('mine')
  expect(extractor.imageShape).toEqual([1, 2, 1])
  expect(await rows(extractor)).toEqual([[34], [31.5]])
  model.dispose()
})

test('or that of a layer, with images in the range that it wants', async () => {
  const model = layersModel()
  const hidden = await modelFeatures({ model, name: 'mine', layer: 'hidden' })
  expect(hidden.name).toBe('mine/hidden')
  expect(await rows(hidden)).toEqual([
    [12, 22],
    [10.5, 21],
  ])
  // −1, 1 and 0.5, 0 become 0, 1 and 0.75, 0.5.
  const scaled = await modelFeatures({ model, name: 'mine', layer: 'hidden', range: [0, 1] })
  expect(await rows(scaled)).toEqual([
    [13, 24],
    [12.25, 23.5],
  ])
  model.dispose()
})

test('no tensor stays behind', async () => {
  const model = layersModel()
  const held = tf.memory().numTensors
  await rows(await modelFeatures({ model, name: 'mine', layer: 'flat' }))
  expect(tf.memory().numTensors).toBe(held)
  model.dispose()
})

test('the hash is that of the weights, and nothing else', async () => {
  const [first, second] = [layersModel(), layersModel()]
  const a = await modelFeatures({ model: first, name: 'a' })
  const b = await modelFeatures({ model: second, name: 'b', layer: 'hidden' })
  const hash = createHash('sha256')
  for (const [name, sides, values] of [
    ['hidden/kernel', '2,2', [1, 2, 3, 4]],
    ['hidden/bias', '2', [10, 20]],
    ['last/kernel', '2,1', [1, 1]],
    ['last/bias', '1', [0]],
  ] as const)
    hash.update(`${name}[${sides}]\0`).update(new Uint8Array(Float32Array.from(values).buffer))
  expect([a.sha256, b.sha256]).toEqual(Array(2).fill(hash.digest('hex')))
  second.layers[1]!.setWeights([tf.tensor2d([1, 2, 3, 5], [2, 2]), tf.tensor1d([10, 20])])
  expect((await modelFeatures({ model: second, name: 'a' })).sha256).not.toBe(a.sha256)
  first.dispose()
  second.dispose()
})

test('graph models work too, by node', async () => {
  const model = await graphModel()
  const extractor = await modelFeatures({ model, name: 'graph' })
  expect(extractor.imageShape).toEqual([1, 2, 1])
  expect(await rows(extractor)).toEqual([[0], [0.5]])
  expect(extractor.sha256).toMatch(/^[0-9a-f]{64}$/)
  model.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test('a graph model that does not say its images needs to be told', async () => {
  const model = await graphModel([-1, -1, -1, 1])
  await expect(modelFeatures({ model, name: 'graph' })).rejects.toThrow('expected imageShape')
  expect(await rows(await modelFeatures({ model, name: 'graph', imageShape: [1, 2, 1] }))).toEqual([
    [0],
    [0.5],
  ])
  model.dispose()
})

test("what doesn't fit is told at once", async () => {
  const [layers, graph] = [layersModel(), await graphModel()]
  const flat = tf.sequential({
    layers: [tf.layers.conv2d({ inputShape: [1, 2, 1], filters: 3, kernelSize: 1 })],
  })
  const refused = (options: Parameters<typeof modelFeatures>[0]) => expect(modelFeatures(options)).rejects
  await refused({ model: layers, name: 'm', layer: 'x' }).toThrow(
    "there is no layer 'x', expected a name of the model: the last ones are flat, hidden, last",
  )
  await refused({ model: graph, name: 'm', layer: 'double' }).toThrow(/makes \[1,1,2,1\] of 1 images/)
  await refused({ model: graph, name: 'm', layer: 'x' }).toThrow(/the model doesn't run .*'?x/)
  await refused({ model: flat, name: 'm' }).toThrow(
    'expected [1, size]: name a layer that gives one row per image',
  )
  await refused({ model: layers, name: 'm', imageShape: [4, 4, 1] }).toThrow("the model doesn't run")
  await refused({ model: layers, name: 'm', range: [1, 0] }).toThrow('range is [1, 0]')
  const { extract } = await modelFeatures({ model: layers, name: 'm' })
  expect(() => tf.tidy(() => extract(tf.zeros([1, 3, 3, 1])))).toThrow(/m got images of shape \[1,3,3,1\]/)
  for (const model of [layers, graph, flat]) model.dispose()
})

test('two inputs are refused', async () => {
  const [a, b] = [tf.input({ shape: [2] }), tf.input({ shape: [2] })]
  const model = tf.model({ inputs: [a, b], outputs: tf.layers.add().apply([a, b]) as tf.SymbolicTensor })
  await expect(modelFeatures({ model, name: 'm' })).rejects.toThrow('the model has 2 inputs, expected 1')
})

test("a model that hands its input on leaves the caller's images alone", async () => {
  const model = tf.sequential({
    layers: [tf.layers.activation({ activation: 'linear', inputShape: [1, 1, 2] })],
  })
  const { extract } = await modelFeatures({ model, name: 'm' })
  const given = tf.tensor4d([1, 0], [1, 1, 1, 2])
  extract(given).features.dispose()
  expect(given.isDisposed).toBe(false)
  expect(Array.from(given.dataSync())).toEqual([1, 0])
  given.dispose()
  model.dispose()
})
