import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { afterAll, expect, test } from 'vitest'
import { modelFeatures } from '../../src/index.ts'
import { fileReferenceStore, loadModel } from '../../src/node.ts'

const folder = mkdtempSync(join(tmpdir(), 'gankit-metrics-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the store keeps bytes, and what can’t be kept or read is not there', async () => {
  const store = fileReferenceStore(join(folder, 'new', 'store'))
  expect(await store.read('a')).toBeUndefined()
  await store.write('a', Uint8Array.of(1, 2, 3))
  expect([...(await store.read('a'))!]).toEqual([1, 2, 3])
  expect(readdirSync(join(folder, 'new', 'store'))).toEqual(['a.reference'])
  writeFileSync(join(folder, 'file'), '')
  const nowhere = fileReferenceStore(join(folder, 'file', 'below'))
  await nowhere.write('a', Uint8Array.of(1))
  expect(await nowhere.read('a')).toBeUndefined()
})

test('a layers model from the disk is an extractor', async () => {
  const model = tf.sequential({
    layers: [tf.layers.flatten({ inputShape: [2, 2, 1] }), tf.layers.dense({ units: 3 })],
  })
  const place = join(folder, 'model')
  mkdirSync(place)
  await model.save(
    tf.io.withSaveHandler(async ({ weightData, weightSpecs, ...rest }) => {
      writeFileSync(join(place, 'weights.bin'), new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)))
      const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }]
      writeFileSync(join(place, 'model.json'), JSON.stringify({ ...rest, weightsManifest }))
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    }),
  )
  const loaded = await loadModel(place)
  const { features } = (await modelFeatures({ model: loaded, name: 'mine' })).extract(tf.ones([1, 2, 2, 1]))
  expect([...features.dataSync()]).toEqual([
    ...(model.predict(tf.ones([1, 2, 2, 1])) as tf.Tensor).dataSync(),
  ])
})

test('what is no model is refused with its path', async () => {
  await expect(loadModel(join(folder, 'none'))).rejects.toThrow(
    /none is not there, expected a model of TensorFlow\.js/,
  )
  mkdirSync(join(folder, 'empty'))
  await expect(loadModel(join(folder, 'empty'))).rejects.toThrow(
    /empty can't be opened \(could not read .*model\.json: there is no such file/,
  )
  writeFileSync(join(folder, 'text.json'), 'hello')
  await expect(loadModel(join(folder, 'text.json'))).rejects.toThrow(
    /text\.json can't be opened \(.*text\.json is not JSON/,
  )
})

test('a model that TensorFlow.js would build for ever is refused, and files elsewhere are not read', async () => {
  const place = join(folder, 'hostile')
  mkdirSync(place)
  const write = (json: object) => writeFileSync(join(place, 'model.json'), JSON.stringify(json))
  const layer = (name: string, inbound: string) => ({
    name,
    class_name: 'Flatten',
    config: { name },
    inbound_nodes: [[[inbound, 0, 0]]],
  })
  const config = { layers: [layer('a', 'b'), layer('b', 'a')], input_layers: [], output_layers: [] }
  write({ modelTopology: { class_name: 'Functional', config }, weightsManifest: [] })
  await expect(loadModel(place)).rejects.toThrow("has layer 'a' waiting for 'b', and they for it")

  const placeholder = {
    name: 'x',
    op: 'Placeholder',
    attr: { shape: { shape: { dim: [{ size: '-1' }, { size: '4' }] } }, dtype: { type: 'DT_FLOAT' } },
  }
  const graph = (paths: string[], ...node: object[]) => ({
    format: 'graph-model',
    modelTopology: { node: [placeholder, ...node], versions: { producer: 1 } },
    weightsManifest: [{ paths, weights: [{ name: 'w', shape: [4], dtype: 'float32' }] }],
  })
  const sum = (name: string, ...input: string[]) => ({ name, op: 'AddV2', input, attr: {} })
  for (const path of ['../weights.bin', '/etc/passwd']) {
    write(graph([path], sum('y', 'x', 'x')))
    await expect(loadModel(place)).rejects.toThrow(`names weightsManifest.0.paths.0 "${path}"`)
  }
  symlinkSync('/dev/zero', join(place, 'weights.bin'))
  write(graph(['weights.bin'], sum('y', 'x', 'x')))
  await expect(loadModel(place)).rejects.toThrow('it is a link that leads out of its folder')
  rmSync(join(place, 'weights.bin'))
  writeFileSync(join(place, 'weights.bin'), new Uint8Array(16))
  write(graph(['weights.bin'], sum('a', 'x', 'b'), sum('b', 'a', 'a'), sum('y', 'b', 'b')))
  // TensorFlow.js opens a graph with a cycle, and fails at its first run.
  const model = await loadModel(place)
  await expect(modelFeatures({ model, name: 'mine' })).rejects.toThrow("the model doesn't run")
})
