import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { forward, type Generator, normalPrior, uniformPrior } from '@gankit/core'
import { maxout } from '@gankit/layers'
import { expectClose, savedModel } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, onTestFinished, test } from 'vitest'
import { drawInputs, openGenerator as openSource, type Samples, sample } from '../../src/index.ts'
import { openGenerator, saveGenerator } from '../../src/node.ts'
import { faces, images, points, sentences, translator } from '../generators.ts'
import { failureOf, scratch, tree } from '../scratch.ts'

/** A generator whose batch norm has seen some noise, so that its statistics are not those of a new one. */
function trained(): Generator {
  const generator = points()
  for (let step = 0; step < 5; step++)
    tf.tidy(
      () =>
        void forward(generator.model, tf.randomNormal([16, 3], 1, 2, 'float32', step), { training: true }),
    )
  return generator
}
const outputOf = (model: tf.LayersModel) =>
  (model.predict(tf.randomNormal([9, 3], 0, 1, 'float32', 77)) as tf.Tensor).data<'float32'>()

const dense = (units: number) => tf.layers.dense({ units })

type Change = (json: Record<string, unknown>) => unknown

/** Saves a generator, then changes its model.json. */
async function saved(generator: Generator, change: Change = () => {}): Promise<string> {
  const folder = join(scratch(), 'model')
  await saveGenerator(folder, generator)
  const path = join(folder, 'model.json')
  const json = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify(change(json) ?? json))
  return folder
}

/** Saves any model, without metadata. */
async function savedPlain(model: tf.LayersModel): Promise<string> {
  const folder = scratch()
  const { modelTopology, weightSpecs, weightData } = await savedModel(model)
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }]
  writeFileSync(join(folder, 'model.json'), JSON.stringify({ modelTopology, weightsManifest }))
  writeFileSync(join(folder, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer))
  return folder
}

/** Serves a folder on this machine. @returns the address of its model.json */
async function served(folder: string): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    try {
      response.end(readFileSync(join(folder, basename(url))))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.json`
}

test('a generator predicts the same after saving and opening, and keeps its noise', async () => {
  const folder = join(scratch(), 'model')
  const generator = trained()
  const expected = await outputOf(generator.model)
  expect(expected).not.toEqual(await outputOf(points().model))
  for (const prior of [uniformPrior(-1, 1), normalPrior(0.5, 2)]) {
    await saveGenerator(folder, { ...generator, noise: { size: 3, prior } })
    expect(tree(folder)).toEqual(['model.json', 'weights.bin'])
    const again = await openGenerator(folder)
    expect(again.noise).toEqual({ size: 3, prior })
    await expectClose(await outputOf(again.model), expected, 1e-6)
  }
})

const kinds: [string, Generator, Float32Array?][] = [
  ['noise', trained()],
  ['noise and categories', faces()],
  ['images', translator(), images(7)],
  ['tokens', sentences()],
  ['tokens and a vector', sentences(true), Float32Array.from({ length: 14 }, (_, i) => i / 7 - 1)],
]

test.each(kinds)(
  'from %s: opened from a folder, an address and bytes it draws the same',
  async (_, generator, condition) => {
    const folder = await saved(generator)
    const inputs = drawInputs(generator, 7, 3, condition && { condition })
    const expected = await sample(generator, inputs, { seed: 3 })
    const files = {
      model: JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')),
      weights: new Uint8Array(readFileSync(join(folder, 'weights.bin'))),
    }
    const { model: _model, ...description } = generator
    let first: Samples | undefined
    for (const open of [
      () => openGenerator(folder),
      async () => openSource(await served(folder)),
      async () => openSource(new URL(await served(folder))),
      () => openSource(files),
    ]) {
      const before = tf.memory().numTensors
      const { model, dispose, ...again } = await open()
      expect(again).toEqual(description)
      const drawn = await sample({ model, ...again }, inputs, { seed: 3 })
      // Stock batch norm, which it opens as, may round the last bit another way than the one that trains.
      await expectClose(drawn.samples, expected.samples, 1e-6)
      first ??= drawn
      expect(drawn).toEqual(first)
      dispose()
      expect(tf.memory().numTensors).toBe(before)
    }
  },
)

test('opening and disposing leaves no tensors, neither does refusing', async () => {
  const folder = await saved(points())
  const image = await savedPlain(tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 1] })] }))
  const other = await saved(faces(), changeMetadata({ sampleShape: [4] }))
  const before = tf.memory().numTensors
  ;(await openGenerator(folder)).dispose()
  await failureOf(openGenerator(image))
  await failureOf(openGenerator(other))
  expect(tf.memory().numTensors).toBe(before)
})

test('plain TensorFlow.js opens it by URL, with stock layers alone', async () => {
  const generator = trained()
  const folder = await saved(generator)
  const plain = await tf.loadLayersModel(await served(folder))
  await expectClose(await outputOf(plain), await outputOf(generator.model), 1e-6)
  expect(readFileSync(join(folder, 'model.json'), 'utf8')).not.toContain('@gankit')
})

test("a model's own metadata is kept beside the generator's", async () => {
  const generator = points()
  generator.model.setUserDefinedMetadata({ author: 'somebody' })
  const folder = join(scratch(), 'model')
  await saveGenerator(folder, generator)
  const again = await openGenerator(folder)
  expect(again.model.getUserDefinedMetadata()).toEqual({
    author: 'somebody',
    gankit: { version: 2, noise: generator.noise, sampleShape: [2] },
  })
})

test('a model without metadata gets standard normal noise of its size', async () => {
  const folder = await saved(trained(), json => delete json['userDefinedMetadata'] && json)
  const again = await openGenerator(folder)
  expect(again.noise).toEqual({ size: 3, prior: { name: 'normal', mean: 0, std: 1 } })
  expect(again.sampleShape).toEqual([2])
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
  const again = await openGenerator(folder)
  await expectClose(await outputOf(again.model), await outputOf(generator.model), 1e-6)
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

test.each<[string, unknown, string]>([
  ['of another size', { size: 4, prior: normalPrior() }, 'names a latent of size 4, expected 3'],
  ['that is null', null, 'names a latent of size undefined, expected 3'],
  ['without a prior', { size: 3 }, 'names a latent prior undefined, expected a normal or a uniform one'],
  ['of an unknown prior', { size: 3, prior: { name: 'cauchy' } }, 'prior {"name":"cauchy"}'],
  ['of half a prior', { size: 3, prior: { name: 'uniform', min: 0 } }, 'prior {"name":"uniform","min":0}'],
])('a latent of version 1 %s is refused', async (_, latent, message) => {
  const folder = await saved(trained(), json => {
    json['userDefinedMetadata'] = { gankit: { latent } }
  })
  expect(await failureOf(openGenerator(folder))).toContain(message)
})

test("a folder with somebody's files is not replaced by a model", async () => {
  const folder = scratch()
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  expect(await failureOf(saveGenerator(folder, points()))).toContain("holds 'notes.txt'")
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine')
})

/** Changes the metadata of a generator, and leaves the rest of model.json. */
function changeMetadata(change: Record<string, unknown>): Change {
  return json => {
    const { gankit } = json['userDefinedMetadata'] as { gankit: Record<string, unknown> }
    json['userDefinedMetadata'] = { gankit: { ...gankit, ...change } }
  }
}

test('version 1 opens without conditions, and says what to do with them', async () => {
  const latent = { size: 3, prior: uniformPrior(-1, 1) }
  const ofVersion1 = (more: object) =>
    saved(trained(), json => {
      json['userDefinedMetadata'] = { gankit: { latent: { ...latent, ...more } } }
    })
  const again = await openGenerator(await ofVersion1({}))
  expect([again.noise, again.condition, again.sampleShape]).toEqual([latent, undefined, [2]])
  const folder = await ofVersion1({ conditions: [{ name: 'glasses', values: ['no', 'yes'] }] })
  expect(await failureOf(openGenerator(folder))).toBe(
    `[gankit/inference] ${join(folder, 'model.json')} is of version 1 with conditions inside its noise, expected version 2, where conditions are an input of their own: train it again with this version of gankit`,
  )
})

const normal = { name: 'normal', mean: 0, std: 1 }
test.each<[string, Record<string, unknown>, string]>([
  [
    'another version',
    { version: 3 },
    'has metadata of version 3, expected version 2: open it with the gankit that wrote it',
  ],
  ['a version of no number', { version: '2' }, 'has metadata of version "2"'],
  ['an unknown name', { color: 'red' }, 'names color, expected no metadata of this name'],
  [
    'noise of another size',
    { noise: { size: 4, prior: normal } },
    'makes [n, 2, 2, 1] of [n, 3] and [n, 5], expected [n, 2, 2, 1] of [n, 4] and [n, 5]',
  ],
  ['no noise', { noise: undefined }, 'of [n, 3] and [n, 5], expected [n, 2, 2, 1] of [n, 5]'],
  ['noise of no prior', { noise: { size: 3 } }, 'names noise.prior undefined, expected'],
  [
    'an empty prior',
    { noise: { size: 3, prior: { name: 'uniform', min: 1, max: 1 } } },
    'names noise.prior.max 1, expected a number above min (1)',
  ],
  [
    'an unknown prior',
    { noise: { size: 3, prior: { name: 'cauchy\nwith a second line' } } },
    'names noise.prior.name "cauchy with a second line", expected',
  ],
  ['half a number', { noise: { size: 2.5, prior: normal } }, 'names noise.size 2.5, expected a whole number'],
  ['an unknown condition', { condition: { kind: 'smell' } }, 'names condition.kind "smell", expected'],
  [
    'attributes without values',
    { condition: { kind: 'categories', attributes: [{ name: 'a', values: ['x'] }] } },
    'names condition.attributes.0.values 1, expected >=2',
  ],
  [
    'an attribute twice',
    {
      condition: {
        kind: 'categories',
        attributes: [
          { name: 'a', values: ['x', 'y'] },
          { name: 'a', values: ['x', 'y', 'z'] },
        ],
      },
    },
    "names attribute 'a' twice",
  ],
  [
    'a value twice',
    { condition: { kind: 'categories', attributes: [{ name: 'a', values: ['x', 'y', 'z', 'x', 'w'] }] } },
    "names value 'x' of a twice",
  ],
  [
    'shares of another count',
    { condition: { kind: 'categories', attributes: [{ name: 'a', values: ['x', 'y'], shares: [1] }] } },
    'expected as many shares as values',
  ],
  ['an image of fewer sides', { condition: { kind: 'image', shape: [4, 4] } }, 'names condition.shape'],
  ['no shape of a sample', { sampleShape: undefined }, 'names sampleShape undefined, expected'],
  ['a shape without sides', { sampleShape: [] }, 'names sampleShape 0, expected >=1'],
  [
    'a sequence of noise',
    { output: { kind: 'sequence', length: 3, vocabulary: 4, start: 0 } },
    'names noise of a sequence generator, expected none',
  ],
  ['an unknown output', { output: { kind: 'sound' } }, 'names output.kind "sound", expected'],
])('metadata with %s are refused in one line', async (_, change, message) => {
  const folder = await saved(faces(), changeMetadata(change))
  const said = await failureOf(openGenerator(folder))
  expect(said).toContain(`[gankit/inference] ${join(folder, 'model.json')} `)
  expect(said).toContain(message)
})

test.each([null, 5, 'text', [], {}].map(gankit => [JSON.stringify(gankit), gankit]))(
  'metadata %s are refused',
  async (_, gankit) => {
    const folder = await saved(points(), json => {
      json['userDefinedMetadata'] = { gankit }
    })
    expect(await failureOf(openGenerator(folder))).toContain(
      'expected the metadata of a generator, version 2',
    )
  },
)

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
    'names weightsManifest.0.weights.0.shape.0 -1, expected >=0',
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
