import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { curveSvg, encodePng } from '@gankit/visualization'
import { type RunReport, runReport } from '@gankit/visualization/node'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  findChromium,
  isChromiumRequired,
  launchChromium,
  noChromium,
  pagePatience,
} from '../src/browser/chromium.ts'

const isSkipped = !(findChromium() || isChromiumRequired())
const steps = Array.from({ length: 60 }, (_, i) => i * 50)
const grid = (step: number, level: number) => ({
  step,
  png: encodePng({ width: 12, height: 8, channels: 1, data: new Uint8Array(96).fill(level) }),
})
const report: RunReport = {
  title: '<script>alert(1)</script>',
  state: { name: 'done' },
  summary: [{ name: 'Steps', value: '2,950' }],
  config: { training: { batch: 32 } },
  curves: [
    {
      title: 'Losses',
      series: [
        { name: 'loss D', x: steps, y: steps.map(step => (step === 500 ? Number.NaN : 1 + step / 1000)) },
        { name: 'loss G', x: steps, y: steps.map(step => 10 ** (step / 1000)) },
      ],
      levels: [{ name: 'rest', y: 1.386 }],
    },
    { title: 'D', range: [0, 1], series: [{ name: 'D(real)', x: [0, 50], y: [0.5, 0.25] }] },
  ],
  grids: [grid(0, 0), grid(1000, 90), grid(2950, 255)],
  findings: [{ kind: 'rollback', step: 1475, title: 'Back to step 1,400', evidence: 'not finite' }],
  commands: [{ purpose: 'Draw', command: 'npx gankit sample run' }],
}

describe.skipIf(isSkipped)(`a report in Chromium${isSkipped ? ` (left out: ${noChromium})` : ''}`, () => {
  let folder: string
  let address: string
  let browser: Browser
  const faults: string[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gankit-report-'))
    await writeFile(join(folder, 'report.html'), await runReport(report))
    address = pathToFileURL(join(folder, 'report.html')).href
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Opens the report from disk, with the network off; what goes wrong in the page comes into `faults`. */
  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext({ offline: true, ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(pagePatience)
    faults.length = 0
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => faults.push(message.text()))
    page.on('dialog', dialog => {
      faults.push(dialog.message())
      void dialog.dismiss()
    })
    page.on('request', request => {
      if (!request.url().startsWith('data:') && request.url() !== address) faults.push(request.url())
    })
    await page.goto(address)
    return page
  }

  test('opens from disk without a fault, and asks for nothing else', async () => {
    const page = await open()
    expect(await page.title()).toBe('<script>alert(1)</script> – gankit')
    expect(await page.locator('h1').textContent()).toBe('<script>alert(1)</script>')
    expect(await page.locator('canvas').count()).toBe(2)
    expect(await page.locator('.u-legend').first().textContent()).toContain('loss D3.95')
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('the slider shows the samples of each step', async () => {
    const page = await open()
    const slider = page.getByRole('slider', { name: 'Step of the samples' })
    const shown = async () => [
      await page.locator('.samples output').textContent(),
      await page.evaluate(async () => {
        const picture = document.querySelector('.samples img') as HTMLImageElement
        await picture.decode()
        const context = new OffscreenCanvas(12, 8).getContext('2d')!
        context.drawImage(picture, 0, 0)
        return context.getImageData(5, 5, 1, 1).data[0]
      }),
    ]
    expect(await shown()).toEqual(['step 2,950', 255])
    await slider.press('ArrowLeft')
    expect(await shown()).toEqual(['step 1,000', 90])
    await slider.press('Home')
    expect(await shown()).toEqual(['step 0', 0])
    await page.getByRole('button', { name: 'Play' }).click()
    await page.getByText('step 2,950').waitFor()
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('the curves tell their values where one points, on either axis', async () => {
    const page = await open()
    const values = async () => {
      const box = (await page.locator('.u-over').first().boundingBox())!
      // Step 1475 of 2950 is half way; the nearest that was written is 1450 or 1500.
      await page.mouse.move(box.x + box.width / 2 + 2, box.y + box.height / 2)
      return (await page.locator('.u-legend .u-value').allTextContents()).slice(0, 3)
    }
    expect(await values()).toEqual(['1,500', '2.5', '31.62'])
    await page.getByLabel('logarithmic').check()
    expect(await values()).toEqual(['1,500', '2.5', '31.62'])
    expect(faults).toEqual([])
    await page.context().close()
  })

  test.each(['light', 'dark'] as const)('%s: fits a phone, and follows the scheme', async colorScheme => {
    const page = await open({ viewport: { width: 360, height: 740 }, colorScheme })
    const [width, ground] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      getComputedStyle(document.body).backgroundColor,
    ])
    expect(width).toBe(360)
    expect(ground).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 28)' : 'rgb(255, 255, 255)')
    await page.context().close()
  })

  test('without scripts the curves are drawn and the last samples shown', async () => {
    const page = await open({ javaScriptEnabled: false })
    expect(await page.locator('svg.gankit-curve').count()).toBe(2)
    expect(await page.getByAltText('Samples after step 2,950').isVisible()).toBe(true)
    expect(await page.getByRole('slider').count()).toBe(0)
    await page.context().close()
  })

  test('a chart alone is an SVG file by the letter', async () => {
    const page = await open()
    const chart = curveSvg({ series: [{ name: '<&"\'>', x: [0, 10], y: [0, 5] }], range: [0, 5], width: 400 })
    const drawn = await page.evaluate(text => {
      const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml')
      const path = documentElement.querySelector('path.line') as SVGPathElement
      return [
        documentElement.nodeName,
        documentElement.textContent?.includes('<&"\'>'),
        path.getAttribute('d'),
      ]
    }, chart)
    // 56 pixels at the left are the axis, 14 at the right are free; 34 above the legend's, 40 below the other axis.
    expect(drawn).toEqual(['svg', true, 'M56,240L386,34'])
    await page.context().close()
  })
})
