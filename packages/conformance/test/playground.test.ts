import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, isChromiumRequired, noChromium } from '../src/browser/chromium.ts'
import { runAxe, traceCurve } from './playground-page.ts'
import { openStaticSite, type StaticSite } from './static-site.ts'

const isSkipped = !(findChromium() || isChromiumRequired())

/** Steps of the default settings by which all modes of the ring are covered. */
const stepsToCover = 1000

describe.skipIf(isSkipped)(
  `the playground in Chromium${isSkipped ? ` (left out: ${noChromium})` : ''}`,
  () => {
    let site: StaticSite
    beforeAll(async () => {
      site = await openStaticSite('apps/playground')
    })
    afterAll(() => site?.close())

    const open: StaticSite['open'] = (hash, options) => site.open(hash, options)

    const announced = async (page: Page, step: string) => {
      const said = page.locator('#announcement')
      await expect.poll(() => said.textContent(), { timeout: 150_000 }).toContain(`Stands at step ${step}.`)
      return (await said.textContent())!
    }
    const weightsOf = (page: Page) => page.locator('.numbers code').textContent()

    test('covers the eight modes of the ring from its default settings', async () => {
      const { page, faults, close } = await open(`#steps=${stepsToCover}`)
      await page.getByRole('button', { name: 'Play' }).click()
      const said = await announced(page, stepsToCover.toLocaleString('en-US'))
      expect(said).toContain('8 of 8 modes covered.')
      expect(faults).toEqual([])
      await close()
    })

    test('a link repeats the same weights, and a step of one network alone is one', async () => {
      const { page, faults, close } = await open('#data=two-normals&seed=7&steps=60&play=1')
      await announced(page, '60')
      const weights = await weightsOf(page)
      expect(weights).toMatch(/^[0-9a-f]{12}$/)
      await page.reload()
      await announced(page, '60')
      expect(await weightsOf(page)).toBe(weights)
      await page.getByRole('button', { name: 'Reset' }).click()
      await page.getByRole('button', { name: 'D step' }).click()
      await expect.poll(() => page.locator('.numbers').textContent()).toContain('1, 0')
      expect(await weightsOf(page)).not.toBe(weights)
      expect(faults).toEqual([])
      await close()
    })

    test('figure a–d: the data dotted, G’s density and D where they belong, D at p / (p + q)', async () => {
      const { page, faults, close } = await open(
        '#data=normal&g=&prior=normal&order=discriminator&penalty=none&drate=0.005&steps=600&play=1&on=best',
        { viewport: { width: 1440, height: 900 } },
      )
      await announced(page, '600')
      const shown = { data: 'data', generated: 'G’s density', verdicts: 'D(x)', best: 'p / (p + q)' }
      const toggle = (name: string) => page.locator('main').getByRole('button', { name, exact: true }).click()
      for (const name of [...Object.values(shown), 'G’s map of z']) await toggle(name)
      // The page draws some time after a click: the trace is taken once there is one, and the next once it is gone.
      const trace = async (isThere: boolean) => {
        let heights: (number | undefined)[] = []
        const isDrawn = async () => {
          heights = await page.locator('.figure canvas.picture').evaluate(traceCurve)
          return heights.some(height => height !== undefined)
        }
        await expect.poll(isDrawn, { timeout: 60_000 }).toBe(isThere)
        return heights
      }
      await trace(false)
      const curves: Record<string, (number | undefined)[]> = {}
      for (const [curve, name] of Object.entries(shown)) {
        await toggle(name)
        curves[curve] = await trace(true)
        await toggle(name)
        await trace(false)
      }
      const { data, generated, verdicts, best } = curves as Record<string, (number | undefined)[]>
      // Heights are shares of the plot: 1 is D = 1, and 1.3 times the data's greatest density.
      const density = (x: number) => Math.exp(-(((x - 0.2) / 0.2) ** 2) / 2) / 1.3
      let compared = 0
      for (let i = 0; i < data!.length; i++) {
        const x = -1.15 + (2.3 * i) / (data!.length - 1)
        const [p, q, d, optimum] = [data![i], generated![i], verdicts![i], best![i]]
        // Steep lines cover many pixels of a column, and dots not every column.
        if (p !== undefined) expect(Math.abs(p - density(x))).toBeLessThan(0.05)
        // A density above 1.15 leaves the plot.
        if (q === undefined || d === undefined || q > 1.15 || density(x) + q < 0.25) continue
        compared++
        expect(Math.abs(d - density(x) / (density(x) + q))).toBeLessThan(0.06)
        if (optimum !== undefined)
          expect(Math.abs(optimum - density(x) / (density(x) + q))).toBeLessThan(0.06)
      }
      expect(compared).toBeGreaterThan(100)
      expect(faults).toEqual([])
      await close()
    })

    test('a stroke becomes data, a file becomes data, and its bad lines are named', async () => {
      const { page, faults, close } = await open('#data=draw-plane')
      await page.getByText('Draw something first.').waitFor()
      const area = page.getByRole('application')
      const box = (await area.boundingBox())!
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.7, { steps: 4 })
      await page.mouse.up()
      await expect.poll(() => page.url()).toContain('drawing=')
      await page.getByRole('button', { name: 'G step' }).click()
      await announced(page, '1')
      await area.focus()
      await page.keyboard.press('ArrowRight')
      const before = page.url()
      await page.keyboard.press(' ')
      expect(page.url()).not.toBe(before)
      await page.getByRole('button', { name: 'From a file' }).click()
      const rows = Array.from({ length: 30 }, (_, i) => `${Math.cos(i)},${Math.sin(i)}`)
      await page.locator('input[type=file]').setInputFiles({
        name: 'circle.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(['x,y', ...rows, 'one,two', '3'].join('\n')),
      })
      await page.getByText('30 points in the plane').waitFor()
      expect(await page.locator('.report').textContent()).toContain('32: one,two (not a number)')
      expect(faults).toEqual([])
      await close()
    })

    test('a link that makes no sense, and a game that diverges, are told', async () => {
      const { page, faults, close } = await open(
        '#nonsense=1&loss=wasserstein-gp&dopt=sgd&drate=100&penalty=none&play=1',
      )
      await page.getByText('passed over: nonsense').waitFor()
      await page.getByText('was no longer finite after step').waitFor({ timeout: 60_000 })
      expect(faults).toEqual([])
      await close()
    })

    const states = [
      ['the ring', '#steps=5&play=1'],
      ['an update, part by part', '#speed=by-hand&play=1&on=contours.cells.arrows&opacity=real.50'],
      ['a question', '#data=normal&experiment=best-discriminator.0&order=discriminator'],
      ['drawing in Chinese', '#data=draw-line&lang=zh'],
      ['min max x·y', '#scene=bilinear'],
      ['rock, paper, scissors', '#scene=rock-paper-scissors&method=optimistic&lang=zh'],
      ['a notice', '#nonsense=1'],
    ] as const
    test.each(['light', 'dark'] as const)('%s: axe finds nothing against WCAG 2.2 AA', async colorScheme => {
      const { page, faults, close } = await open('', { colorScheme })
      // Through the debugger: the page's own policy lets no script in.
      await page.evaluate(axe.source)
      for (const [name, hash] of states) {
        await page.evaluate(next => {
          location.hash = next
        }, hash)
        await page.waitForTimeout(300)
        const { passed, violations } = await page.evaluate(runAxe)
        expect(violations, name).toEqual([])
        expect(passed, name).toBeGreaterThan(15)
      }
      expect(faults).toEqual([])
      await close()
    })

    test.each([
      [390, 844],
      [1440, 900],
    ])('fits a page of %i × %i', async (width, height) => {
      const { page, close } = await open('#data=two-normals&lang=zh', { viewport: { width, height } })
      for (const scene of ['game', 'bilinear', 'rock-paper-scissors']) {
        await page.evaluate(next => {
          location.hash = next
        }, `#data=two-normals&lang=zh&scene=${scene}`)
        await page.waitForTimeout(200)
        expect(
          await page.evaluate(
            () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
          ),
        ).toBe(true)
      }
      expect(await page.getByRole('button', { name: '重置' }).count()).toBe(1)
      await close()
    })
  },
)
