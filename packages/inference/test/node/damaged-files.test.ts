import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { maxout } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { expect, onTestFinished, test } from 'vitest'
import { openGenerator as openSource } from '../../src/index.ts'
import { openGenerator } from '../../src/node.ts'
import { points } from '../generators.ts'
import { failureOf } from '../scratch.ts'
import { saved, savedPlain, served } from './model-files.ts'

const dense = (units: number) => tf.layers.dense({ units })
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
  const folder = await saved(points())
  damage(join(folder, name))
  const said = await failureOf(openGenerator(folder))
  expect(said).toContain(join(folder, name))
  expect(said).toContain(message)
})

test('a layer that nobody registered is named', async () => {
  const folder = await savedPlain(
    tf.sequential({ layers: [maxout({ units: 2, pieces: 2, inputShape: [3] })] }),
  )
  const { classNameMap } = tf.serialization.SerializationMap.getMap()
  const registered = classNameMap['@gankit/layers>Maxout']!
  delete classNameMap['@gankit/layers>Maxout']
  onTestFinished(() => {
    classNameMap['@gankit/layers>Maxout'] = registered
  })
  expect(await failureOf(openGenerator(folder))).toContain(
    'could not be opened (unknown layer @gankit/layers>Maxout: import the package that it comes from)',
  )
})

test('a model that is no generator is refused with its shapes', async () => {
  const image = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 1] })] })
  expect(await failureOf(openGenerator(await savedPlain(image)))).toContain(
    'makes [n, 4] of [n, 2, 2, 1], expected one output of one latent [n, size]',
  )
  const [a, b] = [tf.input({ shape: [3] }), tf.input({ shape: [2] })]
  const joined = tf.layers.concatenate().apply([a, b]) as tf.SymbolicTensor
  expect(
    await failureOf(openGenerator(await savedPlain(tf.model({ inputs: [a, b], outputs: joined })))),
  ).toContain('makes [n, 5] of [n, 3] and [n, 2]')
  const outputs = [dense(1).apply(a), dense(2).apply(a)] as tf.SymbolicTensor[]
  expect(await failureOf(openGenerator(await savedPlain(tf.model({ inputs: a, outputs }))))).toContain(
    'makes [n, 1] and [n, 2] of [n, 3]',
  )
})

const weight = { name: 'dense/kernel', shape: [3, 4], dtype: 'float32' }
test.each<[string, unknown, string]>([
  [
    'a file elsewhere',
    [{ paths: ['../weights.bin'], weights: [weight] }],
    'names weightsManifest.0.paths.0 "../weights.bin", expected a file name',
  ],
  [
    'a file of the machine',
    [{ paths: ['/etc/passwd'], weights: [] }],
    'names weightsManifest.0.paths.0 "/etc/passwd", expected a file name',
  ],
  [
    'a folder',
    [{ paths: ['..'], weights: [] }],
    'names weightsManifest.0.paths.0 "..", expected a file name',
  ],
  ['no names', [{ weights: [weight] }], 'names weightsManifest.0.paths undefined, expected'],
  [
    'a shape of text',
    [{ paths: ['weights.bin'], weights: [{ ...weight, shape: 'wide' }] }],
    'names weightsManifest.0.weights.0.shape "wide", expected Array',
  ],
  [
    'a side below 0',
    [{ paths: ['weights.bin'], weights: [{ ...weight, shape: [-1, 4] }] }],
    'names weightsManifest.0.weights.0.shape.0 -1, expected at least 0',
  ],
  [
    'an unknown kind',
    [{ paths: ['weights.bin'], weights: [{ ...weight, dtype: 'float128' }] }],
    'names weightsManifest.0.weights.0.dtype "float128", expected',
  ],
  [
    'weights beyond any file',
    [{ paths: ['weights.bin'], weights: [{ ...weight, shape: [1e9, 1e9] }] }],
    'has 152 bytes, expected 4000000000000000000 for the weights',
  ],
  ['weights of other names', [{ paths: ['weights.bin'], weights: [weight] }], 'could not be opened ('],
])('a manifest with %s is refused in one line', async (_, weightsManifest, message) => {
  const folder = await saved(points(), json => ({ ...json, weightsManifest }))
  expect(await failureOf(openGenerator(folder))).toContain(message)
})

test('from an address and from bytes, too, a failure is one line that names the file', async () => {
  const folder = await saved(points())
  const address = await served(folder)
  expect(await failureOf(openSource(address.replace('model.json', 'none.json')))).toContain(
    '/none.json answered 404, expected a file of a saved generator',
  )
  truncateSync(join(folder, 'weights.bin'), 99)
  expect(await failureOf(openSource(address))).toContain('/weights.bin has 99 bytes, expected 152')
  rmSync(join(folder, 'weights.bin'))
  expect(await failureOf(openSource(address))).toContain('/weights.bin answered 404')
  const model = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))
  expect(await failureOf(openSource({ model, weights: new Uint8Array(3) }))).toContain(
    'weights.bin has 3 bytes',
  )
  writeFileSync(join(folder, 'model.json'), '<html>')
  expect(await failureOf(openSource(address))).toContain(`${address} is not JSON`)
  expect(await failureOf(openSource('http://127.0.0.1:9/model.json'))).toContain('could not be fetched (')
  await expect((async () => openSource('some/folder'))()).rejects.toThrow(
    "the source is 'some/folder', expected the address of a model.json; a folder is opened by openGenerator of @gankit/inference/node",
  )
})
