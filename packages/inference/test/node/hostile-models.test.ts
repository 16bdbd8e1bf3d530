import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { openGenerator as openSource } from '../../src/index.ts'
import { openGenerator, saveGenerator } from '../../src/node.ts'
import { points } from '../generators.ts'
import { failureOf, scratch } from '../scratch.ts'

interface Layer {
  name: string
  class_name: string
  config: Record<string, unknown>
  inbound_nodes: unknown
}

interface ModelJson {
  modelTopology: { class_name: string; config: { layers: Layer[] } & Record<string, unknown> }
  weightsManifest: { paths: string[]; weights: object[] }[]
}

/** A saved generator, the functional model of which has three layers and more, with a change to its model.json. */
async function saved(change: (json: ModelJson, layers: Layer[]) => unknown = () => {}): Promise<string> {
  const folder = join(scratch(), 'model')
  const input = tf.input({ shape: [3], name: 'noise' })
  const hidden = tf.layers.dense({ units: 4, name: 'hidden' }).apply(input) as tf.SymbolicTensor
  const output = tf.layers.dense({ units: 2, name: 'last' }).apply(hidden) as tf.SymbolicTensor
  const model = tf.model({ inputs: input, outputs: output })
  await saveGenerator(folder, { ...points(), model })
  const path = join(folder, 'model.json')
  const json = JSON.parse(readFileSync(path, 'utf8')) as ModelJson
  change(json, json.modelTopology.config.layers)
  writeFileSync(path, JSON.stringify(json))
  return folder
}

const input = (layer: string, call = 0) => [[[layer, call, 0, {}]]]
const find = (layers: Layer[], name: string) => layers.find(layer => layer.name === name)!

/** A model of x + x, that added to itself, and so on. */
function doubling(times: number): tf.LayersModel {
  const noise = tf.input({ shape: [3] })
  let sum = noise
  for (let i = 0; i < times; i++) sum = tf.layers.add().apply([sum, sum]) as tf.SymbolicTensor
  return tf.model({ inputs: noise, outputs: sum })
}

describe('a graph that TensorFlow.js would build for ever, or that nothing can hold, is refused', () => {
  test.each<[string, (json: ModelJson, layers: Layer[]) => unknown, string]>([
    [
      'behind a layer that is not there',
      (_, layers) => (find(layers, 'last').inbound_nodes = input('hiden')),
      "has layer 'last' behind 'hiden', which it lacks",
    ],
    [
      'behind a call that never is',
      (_, layers) => (find(layers, 'last').inbound_nodes = input('hidden', 1)),
      "has layer 'last' waiting for 'hidden'",
    ],
    [
      'of two layers that wait for one another',
      (_, layers) => (find(layers, 'hidden').inbound_nodes = input('last')),
      "has layer 'hidden' waiting for 'last', and they for it, expected layers without a cycle",
    ],
    [
      'of a layer that waits for itself',
      (_, layers) => (find(layers, 'hidden').inbound_nodes = input('hidden')),
      "has layer 'hidden' waiting for 'hidden'",
    ],
    [
      'of two layers with one name',
      (_, layers) => {
        find(layers, 'hidden').config['name'] = 'last'
        find(layers, 'hidden').name = 'last'
      },
      "has two layers 'last'",
    ],
    [
      'of a layer with two names',
      (_, layers) => (find(layers, 'hidden').config['name'] = 'last'),
      'has a layer named "hidden" and "last", expected one name for both',
    ],
    [
      'of a layer with the name of a property of all objects',
      (_, layers) => {
        find(layers, 'hidden').config['name'] = '__proto__'
        find(layers, 'hidden').name = '__proto__'
      },
      'has a layer named "__proto__"',
    ],
    [
      'whose inputs are no list',
      (_, layers) => (find(layers, 'last').inbound_nodes = { length: 1e9 }),
      'object of length 1000000000',
    ],
    [
      'whose input is a name alone',
      (_, layers) => (find(layers, 'last').inbound_nodes = [['hidden', 0, 0]]),
      'has layer \'last\' with the input "hidden"',
    ],
    [
      'with a field twice, in two spellings',
      (_, layers) => Object.assign(find(layers, 'last'), { inboundNodes: input('nowhere') }),
      'has inboundNodes twice',
    ],
    [
      'with a shape that only says that it is long',
      (_, layers) => (layers[0]!.config['batch_input_shape'] = { length: 1e9 }),
      'has batchInputShape {"length":1000000000}, expected a list of whole numbers',
    ],
    [
      'with a shape of text',
      (_, layers) => (layers[0]!.config['batch_input_shape'] = 'wide'),
      'has batchInputShape "wide", expected a list of whole numbers',
    ],
    [
      'with a shape beyond any memory',
      (_, layers) => (layers[0]!.config['batch_input_shape'] = [null, 1e5, 1e5]),
      'has batchInputShape of 10000000000 numbers, expected at most',
    ],
    [
      'with more units than weights',
      (_, layers) => (find(layers, 'hidden').config['units'] = 1e9),
      'has a layer with units 1000000000, expected at most 12, as its weights have',
    ],
    [
      'with a number of layers in place of layers',
      json => (json.modelTopology.config.layers = 3 as unknown as Layer[]),
      'has layers 3, expected a list',
    ],
    ['that is a text', json => Object.assign(json, { modelTopology: 'none' }), 'has "none" in its topology'],
  ])('%s', async (_, change, message) => {
    const folder = await saved(change)
    const said = await failureOf(openGenerator(folder))
    expect(said).toContain(message)
    expect(said).toContain(join(folder, 'model.json'))
    expect(said).not.toContain('\n')
  })

  test('nested 20,000 deep', async () => {
    const folder = await saved()
    const topology = `${'{"config":'.repeat(20_000)}1${'}'.repeat(20_000)}`
    writeFileSync(join(folder, 'model.json'), `{"weightsManifest":[],"modelTopology":${topology}}`)
    expect(await failureOf(openGenerator(folder))).toContain('is not JSON')
  })

  test('of paths that double from layer to layer, behind which more layers stand', async () => {
    const sequence = (times: number) => tf.sequential({ layers: [doubling(times)] })
    const folder = join(scratch(), 'model')
    await saveGenerator(folder, { ...points(), sampleShape: [3], model: sequence(3) })
    ;(await openGenerator(folder)).dispose()
    const path = join(folder, 'model.json')
    const json = JSON.parse(readFileSync(path, 'utf8'))
    const long = doubling(60).toJSON(null, false) as { config: object }
    json.modelTopology.config.layers[0].config = long.config
    writeFileSync(path, JSON.stringify(json))
    expect(await failureOf(openGenerator(folder))).toContain('begins with a model of too many paths')
  })

  test('from an address or bytes too', async () => {
    const folder = await saved((_, layers) => (find(layers, 'last').inbound_nodes = input('nowhere')))
    const model = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))
    const weights = new Uint8Array(readFileSync(join(folder, 'weights.bin')))
    expect(await failureOf(openSource({ model, weights }))).toContain("'last' behind 'nowhere'")
  })
})

test('a layer that is called twice, and a model that is a layer, still open', async () => {
  const shared = tf.layers.dense({ units: 3 })
  const inner = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [3] })] })
  const noise = tf.input({ shape: [3] })
  let value = noise
  for (const layer of [shared, inner, shared, doubling(2), inner])
    value = layer.apply(value) as tf.SymbolicTensor
  const model = tf.model({ inputs: noise, outputs: value })
  const folder = join(scratch(), 'model')
  await saveGenerator(folder, { ...points(), sampleShape: [3], model })
  const again = await openGenerator(folder)
  const x = tf.ones([2, 3])
  const numbers = (of: tf.LayersModel) => (of.predict(x) as tf.Tensor).array()
  expect(await numbers(again.model)).toEqual(await numbers(model))
})

describe('weight files are looked at before a byte is read', () => {
  const inPlace = (place: (path: string) => void) => async () => {
    const folder = await saved()
    const path = join(folder, 'weights.bin')
    rmSync(path)
    place(path)
    return folder
  }
  test.each<[string, () => Promise<string>, string]>([
    [
      'a link to a device',
      inPlace(path => symlinkSync('/dev/zero', path)),
      'it is a link that leads out of its folder',
    ],
    ['a pipe', inPlace(path => void execFileSync('mkfifo', [path])), 'it is a pipe or a device'],
    [
      "a link to somebody's file",
      inPlace(path => symlinkSync('/etc/passwd', path)),
      'it is a link that leads out of its folder',
    ],
    [
      'one file 3,000 times',
      () => saved(json => (json.weightsManifest[0]!.paths = Array(3000).fill('weights.bin'))),
      'names weight file weights.bin twice, expected each file once',
    ],
    [
      'weights of text, whose size nobody knows',
      () => saved(json => Object.assign(json.weightsManifest[0]!.weights[0]!, { dtype: 'string' })),
      'dtype "string"',
    ],
  ])('%s', async (_, make, message) => {
    expect(await failureOf(openGenerator(await make()))).toContain(message)
  })

  test('a file with more bytes than weights gives what is needed', async () => {
    const folder = await saved()
    // A sparse file: reading all of it would take long, and more memory than there is.
    truncateSync(join(folder, 'weights.bin'), 2 ** 40)
    ;(await openGenerator(folder)).dispose()
  })

  test.each(['model.json', 'weights.bin'])('%s may be a link inside its folder', async name => {
    const folder = await saved()
    const path = join(folder, name)
    writeFileSync(join(folder, 'other'), readFileSync(path))
    rmSync(path)
    symlinkSync('other', path)
    ;(await openGenerator(folder)).dispose()
  })

  test('a model.json that is a pipe', async () => {
    const folder = await saved()
    rmSync(join(folder, 'model.json'))
    execFileSync('mkfifo', [join(folder, 'model.json')])
    expect(await failureOf(openGenerator(folder))).toContain('it is a pipe or a device')
  })
})
