import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { normalPrior, selectGenerator } from '@gankit/core'
import { drawSamples } from '@gankit/inference'
import { openGenerator, saveGenerator } from '@gankit/inference/node'
import { createVanillaGan, type VanillaGanOptions } from '@gankit/vanilla-gan'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gankit, refusal } from './gankit.ts'

const folder = mkdtempSync(join(tmpdir(), 'gankit-export-'))
const at = (name: string) => join(folder, name)
const latent = { size: 4, prior: normalPrior() }
const ganOf = (generator: NonNullable<VanillaGanOptions['generator']>) =>
  createVanillaGan({ generator, latent, sampleShape: [6, 5, 1], seed: 1 })
const generator = selectGenerator(ganOf({ kind: 'mlp', hidden: [8] }))

beforeAll(async () => {
  await saveGenerator(at('model'), generator)
  mkdirSync(at('run'))
  writeFileSync(
    at('run/config.json'),
    JSON.stringify({ version: 2, app: 'stars & stripes', preset: 'quick', training: { steps: 1 } }),
  )
  await saveGenerator(at('run/model'), generator)
  for (const [name, layer] of Object.entries({
    points: tf.layers.dense({ units: 2, inputShape: [4] }),
    large: tf.layers.dense({
      units: 2,
      inputShape: [4],
      kernelInitializer: tf.initializers.constant({ value: 7e4 }),
    }),
  }))
    await saveGenerator(at(name), {
      model: tf.sequential({ layers: [layer] }),
      noise: latent,
      sampleShape: [2],
    })
  await saveGenerator(at('radial'), selectGenerator(ganOf({ kind: 'rbf', units: 8 })))
  mkdirSync(at('taken'))
  writeFileSync(at('taken/notes.txt'), 'mine')
  mkdirSync(at('empty'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The words of the command. */
const words = (source: string, to: string, out: string, ...more: string[]) =>
  ['export', at(source), '--to', to, '--out', at(out), ...more] as const

/** Exports. @returns what is printed */
async function exported(source: string, to: string, out: string): Promise<string> {
  const outcome = await gankit(...words(source, to, out))
  expect(outcome.code, outcome.err).toBe(0)
  return outcome.out
}

test('a model keeps every bit, in a new folder or an empty one', async () => {
  expect(await exported('run', 'tfjs', 'empty')).toContain(`${at('empty/weights.bin')}: 2 KB\n`)
  await exported('model', 'tfjs', 'new/in/new')
  for (const out of ['empty', 'new/in/new']) {
    expect(readdirSync(at(out)).sort()).toEqual(['model.json', 'weights.bin'])
    expect(readFileSync(at(`${out}/weights.bin`))).toEqual(readFileSync(at('model/weights.bin')))
  }
})

test('half has half the bytes and draws the same samples, within the rounding', async () => {
  await exported('model', 'half', 'half')
  const bytes = (name: string) => statSync(at(`${name}/weights.bin`)).size
  expect(bytes('half')).toBe(bytes('model') / 2)
  const [whole, half] = await Promise.all(['model', 'half'].map(name => openGenerator(at(name))))
  expect(half!.noise).toEqual(whole!.noise)
  const draw = (of: typeof whole) => drawSamples(of!, 20, 3)
  const [expected, drawn] = [await draw(whole), await draw(half)]
  const away = Array.from(expected.samples, (value, i) => Math.abs(value - drawn.samples[i]!))
  // Two layers round sums of a few numbers by 2⁻¹² each.
  expect(Math.max(...away)).toBeLessThan(4e-3)
  expect(Math.max(...away)).toBeGreaterThan(0)
})

test('a page is titled by the app of a run, and takes the place of an earlier one', async () => {
  writeFileSync(at('page.html'), 'old')
  await exported('run', 'html', 'page.html')
  expect(readFileSync(at('page.html'), 'utf8')).toContain('<h1>Stars &amp; stripes</h1>')
})

test('ONNX says what it is and where it comes from, and 16 bits take half the place', async () => {
  expect(await exported('run', 'onnx', 'stars.onnx')).toMatch(
    /A model for onnxruntime and others: .*stars.onnx: 3 KB/,
  )
  await exported('run', 'onnx-half', 'half.onnx')
  const whole = readFileSync(at('stars.onnx'), 'latin1')
  for (const words of ['Stars & stripes', 'app', 'quick', 'noise', 'samples']) expect(whole).toContain(words)
  // Of 310 weights 2 bytes each, less what makes them 32 bits wide again.
  const saved = whole.length - statSync(at('half.onnx')).size
  expect(saved).toBeGreaterThan(200)
  expect(saved).toBeLessThan(620)
})

test.each<[string, string, string, string, string]>([
  ['a folder with files', 'model', 'tfjs', 'taken', "holds 'notes.txt', expected a new or empty folder"],
  ['a file as a folder', 'model', 'half', 'taken/notes.txt', 'is a file, expected a new or empty folder'],
  ['a page without the name of one', 'model', 'html', 'page', 'expected a file name that ends in .html'],
  ['another kind', 'model', 'coreml', 'other', 'Allowed choices are tfjs, half, html, onnx, onnx-half'],
  ['a model of ONNX without the name of one', 'model', 'onnx', 'other', 'a file name that ends in .onnx'],
  ['weights beyond 16 bits for ONNX', 'large', 'onnx-half', 'other.onnx', '70000 has no 16-bit float'],
  ['what is no generator', 'taken', 'tfjs', 'other', 'holds neither config.json nor model.json'],
  ['a page of points', 'points', 'html', 'other.html', 'samples of the shape 2, expected pictures'],
  ['a layer that a page lacks', 'radial', 'html', 'other.html', 'has a layer @gankit/layers>RadialBasis'],
  ['weights beyond 16 bits', 'large', 'half', 'other', '70000 has no 16-bit float'],
])('%s is refused, and nothing written', async (_, source, to, out, message) => {
  expect(await refusal(...words(source, to, out))).toContain(message)
  expect(['other', 'other.html', 'other.onnx'].some(name => existsSync(at(name)))).toBe(false)
  expect(readFileSync(at('taken/notes.txt'), 'utf8')).toBe('mine')
})

test('pictures to draw on are refused for a generator that takes none', async () => {
  expect(await refusal(...words('model', 'html', 'other.html', '--examples', at('taken')))).toContain(
    'takes no pictures, expected one that turns pictures into others: leave it out',
  )
  expect(existsSync(at('other.html'))).toBe(false)
})

test('the best generator is asked for where none was kept', async () => {
  expect(await refusal(...words('run', 'tfjs', 'other', '--best'))).toContain('has kept no best generator')
})
