import { createHash } from 'node:crypto'
import { normalPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { type GeneratorPage, generatorPage } from '../../src/node.ts'

const evil = '</script><script>alert("1")</script><!-- <script> -->'
const page: GeneratorPage = {
  title: evil,
  model: {
    modelTopology: { class_name: 'Model', config: { name: evil, layers: [{ class_name: 'Dense' }] } },
  },
  weightSpecs: [{ name: 'dense/kernel', shape: [2, 4], dtype: 'float32' }],
  weights: Uint8Array.from({ length: 32 }, (_, i) => 8 * i),
  latent: { size: 2, prior: normalPrior() },
  sampleShape: [2, 2, 1],
}
const html = await generatorPage(page)
const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes, text]) => ({
  attributes: attributes!.trim(),
  text: text!,
}))

test('it holds TensorFlow.js, its WebAssembly and one module of its own, and its policy allows these alone', () => {
  expect(scripts.map(({ attributes }) => attributes)).toEqual([
    'type="application/json" id="generator-data"',
    '',
    '',
    'type="module"',
  ])
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)!
  const hashes = scripts
    .slice(1)
    .map(({ text }) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain(`script-src ${hashes.join(' ')} 'wasm-unsafe-eval'; connect-src data:`)
  for (const { text } of scripts.slice(1, 3)) {
    expect(text).toMatch(/^\/\*\*\n \* @license\n \* Copyright 20\d\d Google LLC/)
    expect(text).not.toContain('sourceMappingURL')
  }
  expect(scripts[3]!.text).not.toMatch(/^(import|export)\b/m)
  expect(html).not.toMatch(/(?:src|href)="|@import|url\(/)
})

test('text is text, and its data are those that were given', () => {
  expect(html).not.toContain('<script>alert')
  const { wasm, ...data } = JSON.parse(scripts[0]!.text)
  expect(WebAssembly.validate(Buffer.from(wasm, 'base64'))).toBe(true)
  const { title: _, weights, ...rest } = page
  expect(data).toEqual({ ...rest, weights: Buffer.from(weights).toString('base64'), count: 64, seed: 0 })
})

test.each<[string, Partial<GeneratorPage>, string]>([
  [
    'a layer of another package',
    {
      model: {
        modelTopology: {
          config: { layers: [{ class_name: 'Dense' }, { class_name: '@gankit/layers>RadialBasis' }] },
        },
      },
    },
    '[gankit/visualization] the generator has a layer @gankit/layers>RadialBasis, expected layers of TensorFlow.js alone',
  ],
  ['points', { sampleShape: [2] }, 'sampleShape is [2], expected [height, width, channels]'],
])('%s: refused', async (_, change, message) => {
  await expect(generatorPage({ ...page, ...change })).rejects.toThrow(message)
})
