import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { encodeWords, type Generator, listVocabulary, normalPrior } from '@gankit/core'
import { createDcgan } from '@gankit/dcgan'
import { captionedGenerator, textEncoder } from '@gankit/gan-cls'
import {
  decodeCategories,
  drawInputs,
  drawNoise,
  drawSamples,
  type InputNumbers,
  sample,
  setConditions,
} from '@gankit/inference'
import { exportPage, openGenerator } from '@gankit/inference/node'
import { samplePictures } from '@gankit/visualization'
import * as tf from '@tensorflow/tfjs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, isChromiumRequired, launchChromium, noChromium } from '../src/browser/chromium.ts'
import { type OpenOptions, openPage, savePicture, seedWeights } from './exported-page.ts'
import { compareLevels, grayLevels } from './gray-levels.ts'

const isSkipped = !(findChromium() || isChromiumRequired())
const digits = fileURLToPath(new URL('../../../apps/mnist-digits/generator', import.meta.url))

describe.skipIf(isSkipped)(
  `the page of a generator in Chromium${isSkipped ? ` (left out: ${noChromium})` : ''}`,
  () => {
    let folder: string
    let address: string
    let browser: Browser
    let saved: Generator
    let faults: string[] = []
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'gankit-page-'))
      saved = await openGenerator(digits)
      address = await written('<b>digits</b>', saved)
      browser = await launchChromium()
    })
    afterAll(async () => {
      await browser?.close()
      await rm(folder, { recursive: true, force: true })
    })

    /** Writes the page of a generator. @returns its address */
    async function written(title: string, generator: Generator): Promise<string> {
      const file = join(folder, `${title.replaceAll(/\W/g, '')}.html`)
      await exportPage(file, generator, { title })
      return pathToFileURL(file).href
    }

    /** Opens the page and waits for its samples; what goes wrong comes into `faults`. */
    async function open(context: OpenOptions['context'] = {}, where = address, before = ''): Promise<Page> {
      const opened = await openPage(browser, where, { context, before })
      faults = opened.faults
      await drawn(opened.page)
      return opened.page
    }
    const drawn = (page: Page) => page.locator('#tiles[aria-busy=false]').waitFor({ timeout: 150_000 })

    /** What a generator makes of an input here, in gray levels. */
    async function pictureOf(inputs: Omit<InputNumbers, 'count'>, generator = saved): Promise<Uint8Array> {
      return (await picturesOf(await sample(generator, { ...inputs, count: 1 })))[0]!
    }

    async function picturesOf({ samples, sampleShape }: Awaited<ReturnType<typeof sample>>) {
      return samplePictures({ samples: samples as Float32Array, sampleShape }).map(({ data }) => data)
    }

    test('draws the samples that `gankit sample` draws, of one seed and of the next', async () => {
      const page = await open()
      expect(page.workers()).toHaveLength(1)
      for (const seed of [0, 1]) {
        if (seed > 0) {
          await page.getByRole('button', { name: 'New samples' }).click()
          await drawn(page)
        }
        expect(await page.getByLabel('Seed').inputValue()).toBe(String(seed))
        expect(await page.locator('#status').textContent()).toMatch(/^64 samples in \d+ ms$/)
        const expected = await picturesOf(await drawSamples(saved, 64, seed))
        const [largest, mean] = compareLevels(await grayLevels(page, '#tiles canvas'), expected)
        // Weights of 16 bits move few pixels over the edge of a gray level.
        expect(largest).toBeLessThanOrEqual(2)
        expect(mean).toBeLessThan(0.02)
      }
      expect(faults).toEqual([])
      await page.context().close()
    })

    test('one slider goes to another sample, others turn numbers of the latent', async () => {
      const page = await open()
      const picture = async () => (await grayLevels(page, '#picture'))[0]!
      const tiles = await grayLevels(page, '#tiles canvas')
      const becomes = (wanted: ArrayLike<number>) =>
        expect
          .poll(async () => compareLevels([await picture()], [wanted])[0], { timeout: 120_000 })
          .toBeLessThanOrEqual(2)
      await becomes(tiles[0]!)
      await page.getByRole('button', { name: 'To', exact: true }).click()
      await page.getByRole('button', { name: 'Sample 30', exact: true }).click()
      await becomes(tiles[29]!)
      const noise = drawNoise(saved, 30, 0)
      const [from, to] = [0, 29].map(i => noise.slice(i * saved.noise!.size, (i + 1) * saved.noise!.size))
      const share = page.getByRole('slider', { name: 'How far' })
      await share.fill('0.5')
      // Half way along a great circle.
      const half = angleBetween(from!, to!) / 2
      const middle = from!.map((value, i) => (value + to![i]!) / (2 * Math.cos(half)))
      await becomes(await pictureOf({ noise: middle }))
      await share.fill('0')
      await becomes(tiles[0]!)
      await page.getByRole('slider', { name: 'Latent number 1' }).fill('2')
      await becomes(await pictureOf({ noise: from!.with(0, 2) }))
      expect(faults).toEqual([])
      await page.context().close()
    })

    test('a generator with attributes has lists to choose them from', async () => {
      const generator = faces()
      const { attributes } = generator.condition
      const page = await open({}, await written('faces', generator))
      const expected = await picturesOf(await drawSamples(generator, 64, 0))
      expect(compareLevels(await grayLevels(page, '#tiles canvas'), expected)[0]).toBeLessThanOrEqual(2)
      const first = drawInputs(generator, 1, 0)
      const listOf = (name: string, group = '#attributes') => page.locator(group).getByLabel(name)
      const shown = () => Promise.all(attributes.map(({ name }) => listOf(name).inputValue()))
      const codes = decodeCategories(generator.condition, first.condition!)
      const values = attributes.map(({ values }, i) => values[codes[i]!]!)
      expect(await shown()).toEqual(values)
      const others = attributes.map(({ values }, i) => values[(codes[i]! + 1) % values.length]!)
      for (const [i, { name }] of attributes.entries()) await listOf(name).selectOption(others[i]!)
      setConditions(first, generator, Object.fromEntries(attributes.map(({ name }, i) => [name, others[i]!])))
      const wanted = await pictureOf(first, generator)
      await expect
        .poll(async () => compareLevels(await grayLevels(page, '#picture'), [wanted])[0], {
          timeout: 120_000,
        })
        .toBeLessThanOrEqual(2)
      expect(compareLevels([Array.from(wanted)], [expected[0]!])[0]).toBeGreaterThan(10)
      // Near the first sample, the lists show its values.
      await page.getByRole('slider', { name: 'How far' }).fill('0.01')
      await expect.poll(shown).toEqual(values)
      // For all samples one attribute is chosen, and the other stays as drawn.
      await listOf('hair', '#for-all').selectOption('red')
      await drawn(page)
      const inputs = drawInputs(generator, 64, 0)
      setConditions(inputs, generator, { hair: 'red' })
      const red = await picturesOf(await sample(generator, inputs))
      expect(compareLevels(await grayLevels(page, '#tiles canvas'), red)[0]).toBeLessThanOrEqual(2)
      expect(
        compareLevels(
          red.map(levels => Array.from(levels)),
          expected,
        )[0],
      ).toBeGreaterThan(10)
      expect(await page.locator('#again').textContent()).toContain('--seed 0 --attributes hair=red.')
      expect(faults).toEqual([])
      await page.context().close()
    })

    test('a generator of captions draws what `gankit draw` draws of the words that are typed', async () => {
      const generator = captioned()
      const { condition, noise } = generator
      const page = await open({}, await written('Drawn & said', generator))
      const settled = (text: string) =>
        expect.poll(() => page.locator('#again').textContent(), { timeout: 60_000 }).toContain(text)
      /** Holds the drawings to those of a caption and seed, as Node makes them. */
      async function expectDrawn(caption: string, seed: number): Promise<void> {
        await settled(`gankit draw '${caption}' … --seed ${seed}.`)
        await drawn(page)
        const { tokens } = encodeWords(condition.words, condition.length, caption)
        const conditions = Int32Array.from(
          { length: 9 * tokens.length },
          (_, i) => tokens[i % tokens.length]!,
        )
        const expected = await picturesOf(
          await sample(generator, drawInputs(generator, 9, seed, { condition: conditions })),
        )
        const [largest] = compareLevels(await grayLevels(page, '#tiles canvas'), expected)
        expect(largest).toBeLessThanOrEqual(2)
      }
      const told = () => page.locator('#notice').textContent()
      expect(noise!.size).toBe(6)
      const field = page.getByLabel('What is to be drawn')
      expect(await field.inputValue()).toBe('curly red hair')
      await expectDrawn('curly red hair', 0)
      const [first] = await grayLevels(page, '#picture')
      await page.getByRole('button', { name: '红发' }).click()
      await expectDrawn('红发', 0)
      expect(compareLevels(await grayLevels(page, '#picture'), [first!])[0]).toBeGreaterThan(10)
      await page.getByRole('button', { name: 'Another drawing' }).click()
      await expectDrawn('红发', 1)
      await field.fill('Red sombrero, hair')
      await field.press('Enter')
      await expectDrawn('Red sombrero, hair', 1)
      expect(await told()).toBe('The generator has never seen sombrero, and draws the rest.')
      const before = await grayLevels(page, '#tiles canvas')
      // Words that say nothing leave the drawings as they are.
      await field.fill('трава')
      await expect.poll(told).toMatch(/^The generator knows none of these words \(трава\)/)
      await field.fill('')
      await expect.poll(told).toBe('Write what is to be drawn, or take one of these.')
      expect(await grayLevels(page, '#tiles canvas')).toEqual(before)
      await page.getByText('The 5 words that it knows').click()
      expect(await page.locator('#words').textContent()).toBe('curly hair red 发 红')
      await field.fill('curly red hair')
      await field.press('Enter')
      await expectDrawn('curly red hair', 1)
      await page.getByRole('button', { name: 'Drawing 5' }).click()
      const saved = await savePicture(page, 'Save drawing')
      expect(saved.file).toBe('curly-red-hair.png')
      expect(saved.levels).toEqual((await grayLevels(page, '#tiles canvas'))[4])
      expect(faults).toEqual([])
      await page.context().close()
    })

    test('the grid and the picture are saved as they are shown', async () => {
      const page = await open({}, await written('Faces & more', faces()))
      const tiles = await grayLevels(page, '#tiles canvas')
      const grid = await savePicture(page, 'Save all')
      expect(grid.file).toBe('faces-more-seed-0.png')
      // 8 tiles across and down, at twice their 16 pixels, 2 pixels apart.
      const side = 8 * (32 + 2) - 2
      expect(grid.levels).toHaveLength(side * side)
      for (const tile of [0, 9, 63])
        for (const [x, y] of [
          [0, 0],
          [7, 12],
        ] as const) {
          const [left, top] = [(tile % 8) * 34 + 2 * x, Math.floor(tile / 8) * 34 + 2 * y]
          expect(grid.levels[top * side + left]).toBe(tiles[tile]![y * 16 + x])
        }
      const picture = await savePicture(page, 'Save picture')
      expect(picture.file).toBe('faces-more-picture.png')
      expect(picture.levels).toEqual((await grayLevels(page, '#picture'))[0])
      expect(faults).toEqual([])
      await page.context().close()
    })

    test.each([
      ['refuses them', 'window.Worker = class { constructor() { throw new Error() } }'],
      [
        'can’t start them',
        `window.Worker = class extends EventTarget {
          postMessage() { this.dispatchEvent(new ErrorEvent('error', { message: 'blocked' })) }
        }`,
      ],
    ])('where the browser has no workers and %s, the page draws by itself', async (_, before) => {
      const generator = faces()
      const page = await open({}, await written('faces', generator), before)
      expect(page.workers()).toHaveLength(0)
      const expected = await picturesOf(await drawSamples(generator, 64, 0))
      expect(compareLevels(await grayLevels(page, '#tiles canvas'), expected)[0]).toBeLessThanOrEqual(2)
      expect(faults).toEqual([])
      await page.context().close()
    })

    test('what goes wrong is told', async () => {
      const page = await open({}, await written('faces', faces()))
      await page.evaluate(() => {
        Object.defineProperty(window, 'ImageData', {
          value: class {
            constructor() {
              throw new Error('out of memory')
            }
          },
        })
        document.querySelector<HTMLButtonElement>('#new')!.click()
      })
      await page.locator('#error').waitFor()
      expect(await page.locator('#error').textContent()).toContain(
        'could not run the generator: out of memory',
      )
      await page.context().close()
    })

    test.each(['light', 'dark'] as const)('%s: fits a phone, and follows the scheme', async colorScheme => {
      const page = await open({ viewport: { width: 360, height: 740 }, colorScheme, locale: 'zh-CN' })
      const [width, ground] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        getComputedStyle(document.body).backgroundColor,
      ])
      expect(width).toBe(360)
      expect(ground).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 28)' : 'rgb(255, 255, 255)')
      expect(await page.getByRole('button', { name: '换一批' }).count()).toBe(1)
      await page.context().close()
    })
  },
)

/** Images of 16 × 16 from noise and two attributes, with weights as large as that draw more than gray. */
function faces() {
  const attributes = [
    { name: 'hair', values: ['black', 'red', 'none'], shares: [0.5, 0.3, 0.2] },
    { name: 'glasses', values: ['no', 'yes'] },
  ]
  const apply = (layer: tf.layers.Layer, of: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    layer.apply(of) as tf.SymbolicTensor
  const inputs = [tf.input({ shape: [6] }), tf.input({ shape: [5] })]
  const dense = apply(tf.layers.dense({ units: 4 * 4 * 6 }), apply(tf.layers.concatenate(), inputs))
  const small = apply(tf.layers.reshape({ targetShape: [4, 4, 6] }), dense)
  const up = (filters: number, activation: 'relu' | 'tanh') =>
    tf.layers.conv2dTranspose({ filters, kernelSize: 4, strides: 2, padding: 'same', activation })
  const model = tf.model({ inputs, outputs: apply(up(1, 'tanh'), apply(up(6, 'relu'), small)) })
  seedWeights(model)
  return {
    model,
    noise: { size: 6, prior: normalPrior() },
    condition: { kind: 'categories', attributes },
    sampleShape: [16, 16, 1],
  } as const satisfies Generator
}

/** Images of 16 × 16 from noise and captions of five words. */
function captioned() {
  const words = listVocabulary(['curly', 'red', 'hair', '红', '发'])
  const length = 4
  const examples = ['红发', 'curly red hair'].map(text => encodeWords(words, length, text).tokens)
  const captions = { kind: 'tokens', length, vocabulary: words.length, words, examples } as const
  const gan = createDcgan({
    imageShape: [16, 16, 1],
    base: 4,
    latent: { size: 6 },
    condition: { kind: 'vector', size: 8 },
  })
  const generator = captionedGenerator({
    gan,
    textEncoder: textEncoder({ captions, size: 8, tokenSize: 6, filters: 8 }),
    captions,
  })
  seedWeights(generator.model)
  return { ...generator, condition: captions }
}

function angleBetween(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0)
  return Math.acos(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)))
}
