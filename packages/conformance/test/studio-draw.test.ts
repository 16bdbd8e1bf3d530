import { fileURLToPath } from 'node:url'
import { drawInputs, sample, translatePicture } from '@gankit/inference'
import { openGenerator } from '@gankit/inference/node'
import '@gankit/layers'
import { selectBackend } from '@gankit/runtime/node'
import { encodePng, type Picture, samplePictures } from '@gankit/visualization'
import axe from 'axe-core'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, isChromiumRequired, noChromium } from '../src/browser/chromium.ts'
import { runAxe } from './playground-page.ts'
import { type OpenedPage, openStaticSite, type StaticSite } from './static-site.ts'

const isSkipped = !(findChromium() || isChromiumRequired())
const apps = fileURLToPath(new URL('../../../apps', import.meta.url))
/** High enough that nothing has to be scrolled to before the mouse is there. */
const viewport = { width: 1280, height: 1800 }
/** A busy machine takes its time to draw. */
const patience = { timeout: 60_000 }

describe.skipIf(isSkipped)(
  `the studio draws, in Chromium${isSkipped ? ` (left out: ${noChromium})` : ''}`,
  () => {
    let site: StaticSite
    let context: BrowserContext
    beforeAll(async () => {
      site = await openStaticSite('packages/studio', /^(data|blob):/)
      context = await site.browser.newContext({ locale: 'en-US', viewport })
      await selectBackend({ backend: 'wasm', threads: 1 })
    })
    afterAll(() => site?.close())

    let shared: OpenedPage
    /** Goes to the page of an app in one page for all tests, whose worker has started by then: that saves seconds. */
    async function goTo(app: string) {
      shared ??= await open('')
      for (const hash of ['#/', `#/${app}`])
        await shared.page.evaluate(next => {
          location.hash = next
        }, hash)
      return shared
    }

    /** Opens the page of an app in a page of its own. */
    const open = (app: string) => site.open(`#/${app}`, context)

    test('faces: places first, then the samples of the seed as Node draws them, then others', async () => {
      const { page, faults } = await goTo('face-generation')
      const tiles = page.locator('.tiles .tile')
      expect(await tiles.count()).toBe(48)
      await expect.poll(() => page.locator('.tiles .tile:not(.waiting)').count(), patience).toBeGreaterThan(0)
      await page.getByText('48 samples in').waitFor(patience)
      const generator = await openGenerator(`${apps}/face-generation/generator`)
      const { samples, sampleShape } = await sample(generator, drawInputs(generator, 3, 0))
      const expected = samplePictures({ samples: samples as Float32Array, sampleShape })
      for (const [i, picture] of expected.entries())
        expectNear(await colorsOf(tiles.nth(i).locator('canvas')), picture)
      generator.dispose()

      const before = await colorsOf(tiles.nth(0).locator('canvas'))
      await page.getByLabel('glasses').first().selectOption('sunglasses')
      await page.getByText('--attributes glasses=sunglasses').waitFor()
      await page.getByText('48 samples in').waitFor(patience)
      expect(await colorsOf(tiles.nth(0).locator('canvas'))).not.toEqual(before)

      // The chosen one is changed along a direction, and varied: the first variation is it itself.
      const chosen = page.locator('.chosen canvas')
      const shown = await colorsOf(chosen)
      await page.getByLabel('Direction 1').press('End')
      await expect.poll(() => colorsOf(chosen), patience).not.toEqual(shown)
      await page.getByRole('button', { name: 'Vary' }).click()
      await page.getByText('48 samples in').waitFor(patience)
      expect(await colorsOf(tiles.nth(0).locator('canvas'))).toEqual(await colorsOf(chosen))
      expect(await colorsOf(tiles.nth(1).locator('canvas'))).not.toEqual(await colorsOf(chosen))
      expect(faults).toEqual([])
    })

    test('digits: a point is dragged between four, and walked by keys; the walk is saved', async () => {
      const { page, faults } = await goTo('mnist-digits')
      const between = page.locator('.between')
      const picture = between.locator('.frame canvas')
      const mosaic = between.locator('.mosaic canvas')
      // Seven pictures of 28 pixels a side, of which the last one is drawn last.
      const corner = async () => (await colorsOf(mosaic)).filter((_, i) => isInLast(Math.floor(i / 3)))
      const isInLast = (at: number) => at % 196 >= 168 && at / 196 >= 168
      await expect.poll(async () => (await corner()).some(level => level > 128), patience).toBe(true)
      const field = (await page.locator('.field-between').boundingBox())!
      const middle = await colorsOf(picture)
      await page.mouse.move(field.x + field.width / 2, field.y + field.height / 2)
      await page.mouse.down()
      await page.mouse.move(field.x + field.width * 0.8, field.y + field.height * 0.7, { steps: 3 })
      await page.mouse.move(field.x + field.width - 1, field.y + field.height - 1)
      await page.mouse.up()
      // In the corner it is the corner's picture itself.
      const last = await corner()
      await expect.poll(async () => distance(await colorsOf(picture), last), patience).toBeLessThan(2)
      expect(await colorsOf(picture)).not.toEqual(middle)
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowUp')
      const point = page.getByRole('slider', { name: 'Point between four pictures' })
      expect(await point.getAttribute('aria-valuetext')).toBe('98% to the right, 98% down')
      const [gif] = await Promise.all([
        page.waitForEvent('download', patience),
        page.getByRole('button', { name: 'Save walk as GIF' }).click(),
      ])
      expect(gif.suggestedFilename()).toBe('mnist-digits-walk.gif')
      expect(faults).toEqual([])
    })

    test('a stroke of the mouse changes the face; labels are painted and filled', async () => {
      const { page, faults } = await goTo('edges-to-faces')
      const sheet = page.getByRole('application')
      const made = page.locator('.pair .frame canvas').nth(1)
      const example = page.locator('.starts .tile:not(.waiting)').first()
      const settled = async () => {
        await example.waitFor(patience)
        await page.locator('.pair canvas[aria-busy=false]').waitFor(patience)
      }
      await settled()
      const first = await colorsOf(made)
      const drawing = await colorsOf(sheet.locator('canvas'))
      await stroke(page, sheet, [0.2, 0.5], [0.8, 0.55])
      await expect.poll(() => colorsOf(sheet.locator('canvas'))).not.toEqual(drawing)
      await expect.poll(() => colorsOf(made), patience).not.toEqual(first)
      await page.keyboard.press('Control+z')
      await expect.poll(() => colorsOf(sheet.locator('canvas'))).toEqual(drawing)
      await expect.poll(() => colorsOf(made), patience).toEqual(first)

      await page.getByRole('button', { name: 'Labels into a face' }).click()
      await settled()
      const face = await colorsOf(made)
      await page.getByRole('button', { name: 'clothes' }).click()
      await page.getByRole('button', { name: 'Fill' }).click()
      const box = (await sheet.boundingBox())!
      await page.mouse.click(box.x + 3, box.y + 3)
      const corner = async () => (await colorsOf(sheet.locator('canvas'))).slice(0, 3)
      await expect.poll(corner).toEqual([60, 170, 115])
      await expect.poll(() => colorsOf(made), patience).not.toEqual(face)
      const filled = await colorsOf(made)
      await page.getByRole('button', { name: 'Another answer' }).click()
      await expect.poll(() => colorsOf(made), patience).not.toEqual(filled)
      expect(faults).toEqual([])
    })

    test('a picture of one’s own is translated as Node translates it; what is none is refused', async () => {
      const { page, faults } = await goTo('super-resolution')
      const made = page.locator('.pair .frame canvas').nth(1)
      await expect.poll(() => made.evaluate(isBlank), patience).toBe(false)
      const [width, height] = [37, 21]
      const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * i + 7 * i) % 256)
      const own: Picture = { width, height, channels: 3, data }
      const choose = (name: string, mimeType: string, buffer: Buffer) =>
        page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer })
      await choose('own.png', 'image/png', Buffer.from(encodePng(own)))
      await expect.poll(() => made.getAttribute('width'), patience).toBe(String(4 * width))
      const generator = await openGenerator(`${apps}/super-resolution/generator`)
      const values = Float32Array.from(data, level => level / 127.5 - 1)
      const large = await translatePicture(generator, { values, shape: [height, width, 3] })
      generator.dispose()
      const [expected] = samplePictures({ samples: large.values, sampleShape: large.shape })
      expectNear(await colorsOf(made), expected!)
      await choose('notes.txt', 'text/plain', Buffer.from('no picture'))
      await page.getByText('notes.txt is no picture that this browser can show').waitFor()
      expect(faults).toEqual([])
    })

    test('a generator that is missing or damaged is told in one line, and tried again', async () => {
      const { page, close } = await open('')
      const weights = '**/mnist-digits/default/weights.bin'
      await page.route(weights, route => route.fulfill({ body: 'short' }))
      await page.goto(`${site.address}#/mnist-digits`)
      await page.getByText('cut short').waitFor(patience)
      await page.unroute(weights)
      await page.route(weights, route => route.fulfill({ status: 404 }))
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByText('weights.bin: 404').waitFor(patience)
      await page.unroute(weights)
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByText('48 samples in').waitFor(patience)
      await close()
    })

    test('without WebAssembly it draws too, and says that it takes a while', async () => {
      const { page, faults, close } = await open('')
      const script = '**/assets/worker-*.js'
      await context.route(script, async route => {
        const response = await route.fetch()
        await route.fulfill({ response, body: `delete globalThis.WebAssembly;${await response.text()}` })
      })
      await page.evaluate(() => {
        location.hash = '#/mnist-digits'
      })
      await page.getByText('This browser does not start WebAssembly').waitFor(patience)
      await page.getByText('48 samples in').waitFor(patience)
      expect(faults).toEqual([])
      await context.unroute(script)
      await close()
    })

    test('axe finds nothing, light and dark; a phone is wide enough', async () => {
      const { page, faults } = await goTo('')
      // Through the debugger: the page's own policy lets no script in.
      await page.evaluate(axe.source)
      const isTooWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
      for (const [app, ready] of [
        ['mnist-digits', '.mosaic canvas[width="196"]'],
        ['edges-to-faces', '.starts .tile:not(.waiting)'],
        ['segmentation', '.legend li'],
      ] as const) {
        await page.evaluate(next => {
          location.hash = next
        }, `#/${app}`)
        await page.locator(ready).first().waitFor(patience)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          const { passed, violations } = await page.evaluate(runAxe)
          expect(violations, `${app}, ${colorScheme}`).toEqual([])
          expect(passed, app).toBeGreaterThan(15)
        }
        await page.setViewportSize({ width: 390, height: 844 })
        expect(await page.evaluate(isTooWide), app).toBe(false)
        await page.setViewportSize(viewport)
      }
      expect(faults).toEqual([])
    })
  },
)

/** All channels of a canvas but alpha, row by row. */
function colorsOf(canvas: Locator): Promise<number[]> {
  return canvas.evaluate(element => {
    const { width, height } = element as HTMLCanvasElement
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
    copy.drawImage(element as HTMLCanvasElement, 0, 0)
    return [...copy.getImageData(0, 0, width, height).data].filter((_, i) => i % 4 !== 3)
  })
}

/** Whether nothing is on a canvas yet; it goes to the page by itself. */
function isBlank(element: SVGElement | HTMLElement): boolean {
  const { width, height } = element as HTMLCanvasElement
  const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  copy.drawImage(element as HTMLCanvasElement, 0, 0)
  return copy.getImageData(0, 0, width, height).data.every(value => value === 0)
}

/** Holds levels to those of a picture: at most one apart. */
function expectNear(levels: readonly number[], { data }: Picture): void {
  expect(levels).toHaveLength(data.length)
  expect(distance(levels, data)).toBeLessThanOrEqual(1)
}

/** The largest difference of two levels. */
function distance(levels: readonly number[], others: ArrayLike<number>): number {
  return Math.max(...levels.map((level, i) => Math.abs(level - others[i]!)))
}

async function stroke(
  page: Page,
  on: Locator,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  const box = (await on.boundingBox())!
  await page.mouse.move(box.x + box.width * from[0], box.y + box.height * from[1])
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * to[0], box.y + box.height * to[1], { steps: 4 })
  await page.mouse.up()
}
