import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { forward, normalPrior, uniformPrior } from '@gankit/core'
import { maxout } from '@gankit/layers'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, onTestFinished, test } from 'vitest'
import { loadGenerator, saveGenerator } from '../../src/node.ts'
import { tinyGan } from '../tiny-gan.ts'
import { failureOf, scratch, tree } from './scratch.ts'

/** A generator whose batch norm has seen some latents, so that its statistics are not those of a new one. */
function trained() {
  const { generator } = tinyGan()
  for (let step = 0; step < 5; step++)
    tf.tidy(
      () => void forward(generator, tf.randomNormal([16, 3], 1, 2, 'float32', step), { training: true }),
    )
  return generator
}
const outputOf = (model: tf.LayersModel) =>
  (model.predict(tf.randomNormal([9, 3], 0, 1, 'float32', 77)) as tf.Tensor).data<'float32'>()

const dense = (units: number, inputShape?: number[]) =>
  tf.layers.dense({ units, ...(inputShape && { inputShape }) })
const latent = (size: number) => ({ size, prior: normalPrior() })

/** Saves any model, then changes its model.json. */
async function saved(
  generator: tf.LayersModel,
  change: (json: Record<string, unknown>) => unknown = () => {},
): Promise<string> {
  const folder = join(scratch(), 'model')
  await saveGenerator(folder, { generator, latent: latent(3) })
  const path = join(folder, 'model.json')
  const json = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify(change(json) ?? json))
  return folder
}

test('a generator predicts the same after saving and opening, and keeps its latent', async () => {
  const folder = join(scratch(), 'model')
  const generator = trained()
  const expected = await outputOf(generator)
  expect(expected).not.toEqual(await outputOf(tinyGan().generator))
  for (const prior of [uniformPrior(-1, 1), normalPrior(0.5, 2)]) {
    await saveGenerator(folder, { generator, latent: { size: 3, prior } })
    expect(tree(folder)).toEqual(['model.json', 'weights.bin'])
    const again = await loadGenerator(folder)
    expect(again.latent).toEqual({ size: 3, prior })
    await expectClose(await outputOf(again.generator), expected, 1e-6)
  }
})

test('opening and disposing leaves no tensors, neither does refusing', async () => {
  const folder = await saved(tinyGan().generator)
  const image = await saved(tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 1] })] }))
  const before = tf.memory().numTensors
  ;(await loadGenerator(folder)).generator.dispose()
  await failureOf(loadGenerator(image))
  expect(tf.memory().numTensors).toBe(before)
})

test('plain TensorFlow.js opens it by URL, with stock layers alone', async () => {
  const generator = trained()
  const folder = await saved(generator)
  const server = createServer(({ url = '' }, response) => {
    response.end(readFileSync(join(folder, basename(url))))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const plain = await tf.loadLayersModel(`http://127.0.0.1:${port}/model.json`)
  await expectClose(await outputOf(plain), await outputOf(generator), 1e-6)
  expect(readFileSync(join(folder, 'model.json'), 'utf8')).not.toContain('@gankit')
})

test("a model's own metadata is kept beside the latent", async () => {
  const { generator, latent } = tinyGan()
  generator.setUserDefinedMetadata({ author: 'somebody' })
  const folder = join(scratch(), 'model')
  await saveGenerator(folder, { generator, latent })
  const again = await loadGenerator(folder)
  expect(again.generator.getUserDefinedMetadata()).toEqual({ author: 'somebody', gankit: { latent } })
})

test('a model that names no latent gets standard normal noise of its size', async () => {
  const folder = await saved(trained(), json => delete json['userDefinedMetadata'] && json)
  expect((await loadGenerator(folder)).latent).toEqual({
    size: 3,
    prior: { name: 'normal', mean: 0, std: 1 },
  })
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
  const again = await loadGenerator(folder)
  await expectClose(await outputOf(again.generator), await outputOf(generator), 1e-6)
})

test.each<[string, string, (path: string) => void, string]>([
  ['no model.json', 'model.json', path => rmSync(path), 'there is no such file'],
  [
    'half a model.json',
    'model.json',
    path => truncateSync(path, 99),
    'is not JSON, expected a TensorFlow.js layers',
  ],
  ['null', 'model.json', path => writeFileSync(path, 'null'), 'has no topology or weights manifest'],
  ['JSON of something else', 'model.json', path => writeFileSync(path, '{"a": 1}'), 'has no topology'],
  [
    'a topology of something else',
    'model.json',
    path => writeFileSync(path, '{"modelTopology": {"a": 1}, "weightsManifest": []}'),
    'could not be opened',
  ],
  [
    'a graph model',
    'model.json',
    path =>
      writeFileSync(path, '{"format": "graph-model", "modelTopology": {"node": []}, "weightsManifest": []}'),
    'is a graph model, expected a TensorFlow.js layers model',
  ],
  ['no weights.bin', 'weights.bin', path => rmSync(path), 'there is no such file'],
  ['weights.bin cut short', 'weights.bin', path => truncateSync(path, 99), 'has 99 bytes, expected 152'],
  ['an empty weights.bin', 'weights.bin', path => truncateSync(path, 0), 'has 0 bytes, expected 152'],
])('%s: the file is named', async (_, name, damage, message) => {
  // Weights: 3·4 kernel, 4·4 of batch norm, 4·2 kernel and 2 biases, float32.
  const folder = await saved(tinyGan().generator)
  damage(join(folder, name))
  const said = await failureOf(loadGenerator(folder))
  expect(said).toContain(join(folder, name))
  expect(said).toContain(message)
})

test('a layer that nobody registered is named', async () => {
  const folder = await saved(tf.sequential({ layers: [maxout({ units: 2, pieces: 2, inputShape: [3] })] }))
  const { classNameMap } = tf.serialization.SerializationMap.getMap()
  const registered = classNameMap['@gankit/layers>Maxout']!
  delete classNameMap['@gankit/layers>Maxout']
  onTestFinished(() => {
    classNameMap['@gankit/layers>Maxout'] = registered
  })
  expect(await failureOf(loadGenerator(folder))).toContain(
    'could not be opened (unknown layer @gankit/layers>Maxout: import the package that it comes from)',
  )
})

test('a model that is no generator is refused with its shapes', async () => {
  const image = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 1] })] })
  expect(await failureOf(loadGenerator(await saved(image)))).toContain(
    'makes [n, 4] of [n, 2, 2, 1], expected one output of one latent [n, size]',
  )
  const [a, b] = [tf.input({ shape: [3] }), tf.input({ shape: [2] })]
  const joined = tf.layers.concatenate().apply([a, b]) as tf.SymbolicTensor
  expect(
    await failureOf(loadGenerator(await saved(tf.model({ inputs: [a, b], outputs: joined })))),
  ).toContain('makes [n, 5] of [n, 3] and [n, 2]')
  const outputs = [dense(1).apply(a), dense(2).apply(a)] as tf.SymbolicTensor[]
  expect(await failureOf(loadGenerator(await saved(tf.model({ inputs: a, outputs }))))).toContain(
    'makes [n, 1] and [n, 2] of [n, 3]',
  )
})

test.each<[string, unknown, string]>([
  ['of another size', { size: 4, prior: normalPrior() }, 'names a latent of size 4, expected 3'],
  ['that is null', null, 'names a latent of size undefined, expected 3'],
  ['without a prior', { size: 3 }, 'names a latent prior undefined, expected a normal or a uniform one'],
  ['of an unknown prior', { size: 3, prior: { name: 'cauchy' } }, 'prior {"name":"cauchy"}'],
  ['of half a prior', { size: 3, prior: { name: 'uniform', min: 0 } }, 'prior {"name":"uniform","min":0}'],
])('a latent %s is refused', async (_, latent, message) => {
  const folder = await saved(trained(), json => {
    json['userDefinedMetadata'] = { gankit: { latent } }
  })
  expect(await failureOf(loadGenerator(folder))).toContain(message)
})

test("a folder with somebody's files is not replaced by a model", async () => {
  const folder = scratch()
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  expect(await failureOf(saveGenerator(folder, tinyGan()))).toContain("holds 'notes.txt'")
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine')
})
