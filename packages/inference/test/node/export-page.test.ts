import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import type { Generator } from '@gankit/core'
import { maxout } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { encodeGenerator } from '../../src/index.ts'
import { createPage, exportPage } from '../../src/node.ts'
import { faces, points, sentences } from '../generators.ts'
import { failureOf, scratch, tree } from '../scratch.ts'

const evil = '</script><script>alert("1")</script><!-- <script> -->'
const generator = faces()
generator.model.setUserDefinedMetadata({ author: evil })
const html = await createPage(generator, { title: evil })
const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes, text]) => ({
  attributes: attributes!.trim(),
  text: text!,
}))

/** What a packed part of the page holds. */
const unpack = (id: string) => {
  const part = scripts.find(({ attributes }) => attributes === `type="application/octet-stream" id="${id}"`)!
  return inflateRawSync(Buffer.from(part.text, 'base64'))
}
const engine = unpack('engine').toString()

test('it holds data, one module of its own and packed parts, and its policy allows the scripts among them alone', () => {
  expect(scripts.map(({ attributes }) => attributes)).toEqual([
    'type="application/json" id="generator-data"',
    'type="module" async',
    ...['engine', 'wasm', 'weights'].map(id => `type="application/octet-stream" id="${id}"`),
  ])
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)!
  const hashes = [scripts[1]!.text, engine].map(
    text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain(
    `script-src ${hashes.join(' ')} 'wasm-unsafe-eval'; worker-src blob:; connect-src blob:;`,
  )
  expect(
    engine.match(/\/\*\*\n \* @license\n \* Copyright 20\d\d Google LLC/g)!.length,
  ).toBeGreaterThanOrEqual(5)
  expect(html).toContain('Copyright Google LLC, Apache License 2.0')
  for (const text of [scripts[1]!.text, engine])
    expect(text).not.toMatch(/^(import|export)\b|sourceMappingURL/m)
  expect(html).not.toMatch(/(?:src|href)="|@import|url\(/)
})

test('text is text, and its data are those of the generator', async () => {
  expect(html).not.toContain('<script>alert')
  expect(html).toContain('<h1>&lt;/script&gt;')
  expect(WebAssembly.validate(unpack('wasm'))).toBe(true)
  const { model, weights } = await encodeGenerator(generator, 'float16')
  const planes = unpack('weights')
  const odd = Math.ceil(weights.length / 2)
  expect(planes).toHaveLength(weights.length)
  expect(weights.every((byte, i) => byte === planes[(i % 2) * odd + (i >> 1)])).toBe(true)
  const { weightsManifest, ...rest } = JSON.parse(
    JSON.stringify(model, (name, value) => (name.endsWith('_initializer') ? undefined : value)),
  )
  const data = JSON.parse(scripts[0]!.text, (name, value) => {
    if (!name.endsWith('_initializer')) return value
    expect(value).toEqual({ class_name: 'Zeros', config: {} })
    return undefined
  })
  expect(data).toEqual({
    model: rest,
    weightSpecs: weightsManifest[0].weights,
    noise: generator.noise,
    condition: generator.condition,
    sampleShape: [2, 2, 1],
    count: 64,
    seed: 0,
  })
})

test('no two modules that are made one name anything alike at their top', () => {
  for (const text of [scripts[1]!.text, engine.slice(engine.lastIndexOf('\n{\n'))]) {
    const names = [...text.matchAll(/^(?:const|let|function) (\w+)/gm)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(5)
    expect(new Set(names).size).toBe(names.length)
  }
})

test('it is written whole, with its first seed and count', async () => {
  const folder = scratch()
  await exportPage(join(folder, 'new', 'page.html'), faces(), { title: 'faces', seed: 7, count: 9 })
  expect(tree(folder)).toEqual(['new', 'new/page.html'])
  const text = readFileSync(join(folder, 'new', 'page.html'), 'utf8')
  expect(text).toContain('value="7"')
  expect(text).toContain('"count":9,"seed":7}')
})

/** A generator of images of 1 × 1 with a layer of another package. */
function withMaxout(): Generator {
  const layers = [
    maxout({ units: 1, pieces: 2, inputShape: [3] }),
    tf.layers.reshape({ targetShape: [1, 1, 1] }),
  ]
  return { ...points(), model: tf.sequential({ layers }), sampleShape: [1, 1, 1] }
}

/** A generator of images of 1 × 1 from noise and a vector. */
function ofVectors(): Generator {
  const inputs = [tf.input({ shape: [3] }), tf.input({ shape: [2] })]
  const joined = tf.layers.concatenate().apply(inputs) as tf.SymbolicTensor
  const flat = tf.layers.dense({ units: 1 }).apply(joined) as tf.SymbolicTensor
  const outputs = tf.layers.reshape({ targetShape: [1, 1, 1] }).apply(flat) as tf.SymbolicTensor
  return {
    ...points(),
    model: tf.model({ inputs, outputs }),
    condition: { kind: 'vector', size: 2 },
    sampleShape: [1, 1, 1],
  }
}

test.each<[string, () => Generator, string]>([
  [
    'a layer of another package',
    withMaxout,
    '[gankit/inference] the generator has a layer @gankit/layers>Maxout, expected layers of TensorFlow.js or @gankit/layers>InstanceNormalization',
  ],
  ['points', points, 'sampleShape is [2], expected [height, width, channels]'],
  ['sentences', sentences, 'sampleShape is [3], expected [height, width, channels]'],
  [
    'a vector for a condition',
    ofVectors,
    'takes a condition of kind vector, expected noise, alone or with categories, or an image',
  ],
])('%s: refused, and nothing written', async (_, create, message) => {
  const folder = scratch()
  expect(await failureOf(exportPage(join(folder, 'page.html'), create(), { title: 'page' }))).toContain(
    message,
  )
  expect(tree(folder)).toEqual([])
})
