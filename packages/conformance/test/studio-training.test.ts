import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findChromium, isChromiumRequired, noChromium } from '../src/browser/chromium.ts'
import { runAxe } from './playground-page.ts'
import { openStaticSite, type StaticSite } from './static-site.ts'

const isSkipped = !(findChromium() || isChromiumRequired())

/** Milliseconds within which a machine that does much else gets there, too. */
const patience = { timeout: 600_000 }

describe.skipIf(isSkipped)(
  `training in a tab of Chromium${isSkipped ? ` (left out: ${noChromium})` : ''}`,
  () => {
    // GPUs that are emulated take a minute or two, and more beside other work.
    vi.setConfig({ testTimeout: 2 * patience.timeout })
    let site: StaticSite
    beforeAll(async () => {
      site = await openStaticSite('packages/studio', /^(data|blob):/, [narrowDcgan])
    })
    afterAll(() => site?.close())

    async function begin(
      page: Page,
      settings: Readonly<Record<string, string>>,
      backend: string,
      isMeasured = false,
    ): Promise<void> {
      for (const [label, value] of Object.entries(settings)) {
        await page.getByLabel(label, { exact: true }).fill(value)
        await page.getByLabel(label, { exact: true }).blur()
      }
      await page.getByLabel('Computed by').selectOption(backend)
      // It takes longer than so few steps; one run of the first test measures.
      if (!isMeasured) await page.getByLabel('Measure quality').uncheck()
      await page.getByRole('button', { name: 'Train', exact: true }).click()
    }

    /** The weights at the end of the run. */
    async function finish(page: Page): Promise<string> {
      await page.locator('#weights').waitFor(patience)
      return (await page.locator('#weights').textContent())!
    }

    const stepOf = async (page: Page) =>
      Number((await page.locator('.run-progress strong').textContent())!.split(' ')[0]!.replaceAll(',', ''))

    const small = { Steps: '30', Batch: '8', Seed: '3' }

    test('a DCGAN trains on WebAssembly, and after a reload goes on to the same weights', async () => {
      const whole = await site.open('#/dcgan-mnist/train')
      await begin(whole.page, small, 'wasm', true)
      const expected = await finish(whole.page)
      expect(expected).toMatch(/^[0-9a-f]{64}$/)
      expect(await stepOf(whole.page)).toBe(30)
      await expect.poll(() => whole.page.locator('.run-samples img').count()).toBe(1)
      // Each step of the beginning is a point of the curves, and D's loss is one of them.
      const charts = await whole.page.locator('.run-curves .chart .title').allTextContents()
      expect(charts).toEqual(expect.arrayContaining(['frechet-distance', 'loss', 'D(x)']))
      expect(whole.faults).toEqual([])
      await whole.close()

      const { page, faults, close } = await site.open('#/dcgan-mnist/train')
      await begin(page, small, 'wasm')
      // The first checkpoint is of step 10.
      await expect.poll(() => stepOf(page), patience).toBeGreaterThan(10)
      page.on('dialog', dialog => void dialog.accept())
      await page.reload()
      await page.getByRole('button', { name: 'Go on' }).click()
      expect(await finish(page)).toBe(expected)
      expect(await stepOf(page)).toBe(30)
      expect(faults).toEqual([])
      await close()
    })

    test.each(['webgl', 'webgpu'])('a DCGAN trains on %s', async backend => {
      const { page, faults, close } = await site.open('#/dcgan-mnist/train')
      await begin(page, { Steps: '30', Batch: '2', Seed: '3' }, backend)
      expect(await finish(page)).toMatch(/^[0-9a-f]{64}$/)
      expect(await stepOf(page)).toBe(30)
      expect(await page.locator('.run-findings .rollback').count()).toBe(0)
      expect(faults.filter(fault => !isAboutDriver(fault))).toEqual([])
      await close()
    })

    test('a run is steered: it stands, goes on, and stops with a checkpoint', async () => {
      const { page, faults, close } = await site.open('#/mnist-digits/train')
      page.on('dialog', dialog => void dialog.accept())
      await begin(page, { Steps: '100000', Batch: '8', Seed: '1' }, 'wasm')
      await expect.poll(() => stepOf(page), patience).toBeGreaterThan(2)
      await page.getByRole('button', { name: 'Pause' }).click()
      await page.getByText('steered: stands').waitFor(patience)
      await page.getByLabel('Learning rates ×').selectOption('0.5')
      await page.getByText('learning rates × 0.5').first().waitFor(patience)
      await page.getByRole('button', { name: 'Go on' }).click()
      await page.getByRole('button', { name: 'Stop' }).click()
      await finish(page)
      expect(await page.locator('.run-progress').textContent()).toContain('ended (stopped)')
      const saving = page.waitForEvent('download', patience)
      await page.getByRole('button', { name: 'Save the model' }).click()
      expect((await saving).suggestedFilename()).toMatch(/^mnist-digits-.*\.zip$/)
      await page.getByRole('button', { name: 'A new run' }).click()
      await page.getByRole('button', { name: 'Delete' }).click()
      await page.getByText('None yet.').waitFor(patience)
      expect(faults).toEqual([])
      await close()
    })

    test('pictures of one’s own are learned from, after a reload too', async () => {
      const { page, faults, close } = await site.open('#/mnist-digits/train')
      page.on('dialog', dialog => void dialog.accept())
      const files = await page.evaluate(drawPictures, 24)
      const chosen = files.map(({ name, base64 }) => ({
        name,
        mimeType: 'image/png',
        buffer: Buffer.from(base64, 'base64'),
      }))
      await page.locator('input[type=file]').evaluate(element => element.removeAttribute('webkitdirectory'))
      await page
        .locator('input[type=file]')
        .setInputFiles([...chosen, { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }])
      await page.getByText('24 pictures of').waitFor()
      await begin(page, { Steps: '12', Batch: '8', Seed: '1' }, 'wasm')
      const expected = await finish(page)
      await page.reload()
      await page.getByRole('button', { name: 'Go on' }).click()
      expect(await finish(page)).toBe(expected)
      expect(faults).toEqual([])
      await close()
    })

    test('a browser that keeps nothing says so, and trains', async () => {
      const { page, close } = await site.open('')
      await page.addInitScript(() => {
        Object.defineProperty(IDBFactory.prototype, 'open', {
          value() {
            throw new DOMException('denied', 'SecurityError')
          },
        })
      })
      // Workers have an IndexedDB of their own: it is full there.
      await page.route('**/assets/worker-*.js', async route => {
        const response = await route.fetch()
        const head = `IDBFactory.prototype.open = () => { throw new DOMException('the disk is full', 'QuotaExceededError') };`
        await route.fulfill({ response, body: head + (await response.text()) })
      })
      await page.goto(`${site.address}#/mnist-digits/train`)
      await page.reload()
      await begin(page, { Steps: '5', Batch: '8', Seed: '1' }, 'wasm')
      await page.getByText('This browser keeps nothing').waitFor(patience)
      await finish(page)
      await close()
    })

    test('what an app can’t do is one line, and the form is there again as it was', async () => {
      const { page, close } = await site.open('#/mnist-digits/train')
      await page.route('**/*.wasm', route => route.abort())
      await begin(page, { Steps: '7', Batch: '8', Seed: '1' }, 'wasm')
      await page.getByText('That didn’t work').waitFor(patience)
      expect(await page.locator('.notice').first().textContent()).not.toMatch(/\n|at .*:\d+:\d+/)
      expect(await page.getByLabel('Steps', { exact: true }).inputValue()).toBe('7')
      await close()
    })

    test('nothing violates WCAG 2.2 AA, and the page fits a phone', async () => {
      for (const [path, colorScheme] of [
        ['', 'light'],
        ['?lang=zh#/mnist-digits/train', 'dark'],
        ['#/style-transfer/train', 'light'],
      ] as const) {
        const { page, close } = await site.open(path, { colorScheme, viewport: { width: 390, height: 844 } })
        if (path.includes('train')) await page.locator('button[type=submit]').waitFor(patience)
        await page.evaluate(axe.source)
        expect((await page.evaluate(runAxe)).violations, path).toEqual([])
        const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth
        expect(await page.evaluate(fits), path).toBe(true)
        await close()
      }
    })
  },
)

/** Has dcgan-mnist train a narrow net: every layer and operation of the one that it has, in a tenth of the time. */
const narrowDcgan = {
  name: 'narrow-dcgan',
  transform: {
    filter: { id: /dcgan-mnist\/src\/presets\.ts$/ },
    handler(code: string) {
      const narrow = code.replace(/base: \d+/, 'base: 4')
      if (narrow === code) throw new Error('the presets of dcgan-mnist have no width, expected base: 32')
      return narrow
    },
  },
}

/** Software drivers warn that they are slow. */
const isAboutDriver = (fault: string): boolean => /GPU stall|swiftshader|software|experimental/i.test(fault)

/** Pictures of disks as PNG files, in the page. */
async function drawPictures(count: number): Promise<{ name: string; base64: string }[]> {
  const files: { name: string; base64: string }[] = []
  for (let i = 0; i < count; i++) {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 40
    const context = canvas.getContext('2d')!
    context.fillRect(0, 0, 40, 40)
    context.fillStyle = 'white'
    context.beginPath()
    context.arc(10 + (i % 5) * 5, 10 + (i % 4) * 6, 8, 0, 7)
    context.fill()
    files.push({ name: `${i}.png`, base64: canvas.toDataURL('image/png').split(',')[1]! })
  }
  return files
}
