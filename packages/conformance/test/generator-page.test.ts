import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { askedFor, forward, latentWith, normalPrior, randomStream } from '@gankit/core'
import { createDcgan } from '@gankit/dcgan'
import { drawLatents, drawSamples } from '@gankit/trainer'
import { generatorArtifacts, loadGenerator, type SavedGenerator } from '@gankit/trainer/node'
import { samplePictures } from '@gankit/visualization'
import { generatorPage } from '@gankit/visualization/node'
import * as tf from '@tensorflow/tfjs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, isChromiumRequired, launchChromium, noChromium } from '../src/browser/chromium.ts'
import { compareLevels, greyLevels } from './grey-levels.ts'

const isSkipped = !(findChromium() || isChromiumRequired())
const digits = fileURLToPath(new URL('../../../apps/mnist-digits/generator', import.meta.url))

describe.skipIf(isSkipped)(
  `the page of a generator in Chromium${isSkipped ? ` (left out: ${noChromium})` : ''}`,
  () => {
    let folder: string
    let address: string
    let browser: Browser
    let saved: SavedGenerator
    const faults: string[] = []
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'gankit-page-'))
      saved = await loadGenerator(digits)
      address = await written('<b>digits</b>', saved)
      browser = await launchChromium()
    }, 120_000)
    afterAll(async () => {
      await browser?.close()
      await rm(folder, { recursive: true, force: true })
    })

    /** Writes the page of a generator. @returns its address */
    async function written(title: string, { generator, latent }: SavedGenerator): Promise<string> {
      const artifacts = await generatorArtifacts({ generator, latent }, 'float16')
      const sampleShape = generator.outputs[0]!.shape.slice(1) as number[]
      const file = join(folder, `${title.replaceAll(/\W/g, '')}.html`)
      await writeFile(file, await generatorPage({ title, ...artifacts, latent, sampleShape }))
      return pathToFileURL(file).href
    }

    /** Opens the page from disk, with the network off, and waits for its samples; what goes wrong comes into `faults`. */
    async function open(options: Parameters<Browser['newContext']>[0] = {}, where = address): Promise<Page> {
      const context = await browser.newContext({ offline: true, locale: 'en-GB', ...options })
      const page = await context.newPage()
      faults.length = 0
      page.on('pageerror', error => faults.push(error.message))
      page.on('console', message => faults.push(message.text()))
      page.on('request', request => {
        if (request.url() !== where) faults.push(request.url())
      })
      await page.goto(where)
      await drawn(page)
      return page
    }
    const drawn = (page: Page) => page.locator('#tiles[aria-busy=false]').waitFor({ timeout: 60_000 })

    /** Latents of seed 0 with these numbers, of the first `count`. */
    function latentsOf(count: number, numbers: readonly number[]): Float32Array[] {
      const { size } = saved.latent
      const all = randomStream(0, 'samples/latent').normal(count * size)
      return numbers.map(i => all.slice(i * size, (i + 1) * size))
    }

    /** What the generator makes of a latent here, in grey levels. */
    async function pictureOf(latent: Float32Array, generator = saved.generator): Promise<Uint8Array> {
      const drawn = tf.tidy(() => forward(generator, tf.tensor2d(latent, [1, latent.length])))
      const samples = await drawn.data<'float32'>()
      drawn.dispose()
      return samplePictures({ samples, sampleShape: drawn.shape.slice(1) })[0]!.data
    }

    test('draws the samples that `gankit sample` draws, of one seed and of the next', {
      timeout: 180_000,
    }, async () => {
      const page = await open()
      for (const seed of [0, 1]) {
        if (seed > 0) {
          await page.getByRole('button', { name: 'New samples' }).click()
          await drawn(page)
        }
        expect(await page.getByLabel('Seed').inputValue()).toBe(String(seed))
        expect(await page.locator('#status').textContent()).toMatch(/^64 samples in \d+ ms$/)
        const { samples, sampleShape } = await drawSamples(saved.generator, saved.latent, 64, seed)
        const expected = samplePictures({ samples, sampleShape }).map(({ data }) => data)
        const [largest, mean] = compareLevels(await greyLevels(page, '#tiles canvas'), expected)
        // Weights of 16 bits move few pixels over the edge of a grey level.
        expect(largest).toBeLessThanOrEqual(2)
        expect(mean).toBeLessThan(0.02)
      }
      expect(faults).toEqual([])
      await page.context().close()
    })

    test('one slider goes to another sample, others turn numbers of the latent', {
      timeout: 180_000,
    }, async () => {
      const page = await open()
      const picture = async () => (await greyLevels(page, '#picture'))[0]!
      const tiles = await greyLevels(page, '#tiles canvas')
      const becomes = (wanted: ArrayLike<number>) =>
        expect
          .poll(async () => compareLevels([await picture()], [wanted])[0], { timeout: 30_000 })
          .toBeLessThanOrEqual(2)
      await becomes(tiles[0]!)
      await page.getByRole('button', { name: 'To', exact: true }).click()
      await page.getByRole('button', { name: 'Sample 30', exact: true }).click()
      await becomes(tiles[29]!)
      const [from, to] = latentsOf(30, [0, 29])
      const share = page.getByRole('slider', { name: 'How far' })
      await share.fill('0.5')
      // Half way along a great circle.
      const half = angleBetween(from!, to!) / 2
      await becomes(await pictureOf(from!.map((value, i) => (value + to![i]!) / (2 * Math.cos(half)))))
      await share.fill('0')
      await becomes(tiles[0]!)
      await page.getByRole('slider', { name: 'Latent number 1' }).fill('2')
      await becomes(await pictureOf(from!.with(0, 2)))
      expect(faults).toEqual([])
      await page.context().close()
    })

    test('a generator that can be asked for attributes has lists to choose them from', {
      timeout: 120_000,
    }, async () => {
      const conditions = [
        { name: 'hair', values: ['black', 'red', 'none'], shares: [0.5, 0.3, 0.2] },
        { name: 'glasses', values: ['no', 'yes'] },
      ]
      // First weights as large as that draw more than grey.
      const gan = createDcgan({
        imageShape: [16, 16, 1],
        base: 4,
        latent: latentWith(5, normalPrior(), conditions),
        initialization: { name: 'normal', std: 0.6 },
        seed: 1,
      })
      const page = await open({}, await written('faces', gan))
      const { samples, sampleShape } = await drawSamples(gan.generator, gan.latent, 64, 0)
      const expected = samplePictures({ samples, sampleShape }).map(({ data }) => data)
      expect(compareLevels(await greyLevels(page, '#tiles canvas'), expected)[0]).toBeLessThanOrEqual(2)
      const first = drawLatents(gan.latent, 1, 0)
      const shown = (name: string) => page.getByLabel(name).inputValue()
      const [hair, glasses] = [first.subarray(5, 8).indexOf(1), first.subarray(8).indexOf(1)]
      expect(await shown('hair')).toBe(conditions[0]!.values[hair])
      const others = [(hair + 1) % 3, 1 - glasses]
      for (const [i, { name, values }] of conditions.entries())
        await page.getByLabel(name).selectOption(values[others[i]!]!)
      const asked = Float32Array.of(...first.subarray(0, 5), ...askedFor(conditions, others))
      const wanted = await pictureOf(asked, gan.generator)
      await expect
        .poll(async () => compareLevels(await greyLevels(page, '#picture'), [wanted])[0], { timeout: 30_000 })
        .toBeLessThanOrEqual(2)
      expect(compareLevels([Array.from(wanted)], [expected[0]!])[0]).toBeGreaterThan(10)
      // Another sample asks for what it asks for.
      await page.getByRole('slider', { name: 'How far' }).fill('0.01')
      await expect.poll(() => shown('hair')).toBe(conditions[0]!.values[hair])
      expect(faults).toEqual([])
      await page.context().close()
    })

    test.each(['light', 'dark'] as const)(
      '%s: fits a phone, and follows the scheme',
      { timeout: 120_000 },
      async colorScheme => {
        const page = await open({ viewport: { width: 360, height: 740 }, colorScheme, locale: 'zh-CN' })
        const [width, ground] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          getComputedStyle(document.body).backgroundColor,
        ])
        expect(width).toBe(360)
        expect(ground).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 28)' : 'rgb(255, 255, 255)')
        expect(await page.getByRole('button', { name: '换一批' }).count()).toBe(1)
        await page.context().close()
      },
    )
  },
)

function angleBetween(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0)
  return Math.acos(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)))
}
