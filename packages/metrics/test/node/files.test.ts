import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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
  await expect(loadModel(join(folder, 'empty'))).rejects.toThrow(/empty can't be opened \(ENOENT/)
  writeFileSync(join(folder, 'text.json'), 'hello')
  await expect(loadModel(join(folder, 'text.json'))).rejects.toThrow(
    /text\.json can't be opened \(Unexpected token/,
  )
})
