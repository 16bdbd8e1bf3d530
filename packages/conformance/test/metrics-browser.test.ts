import { expect, test } from 'vitest'
import { findChromium, isChromiumRequired, launchChromium, noChromium } from '../src/browser/chromium.ts'
import { openSite } from '../src/browser/site.ts'

const isSkipped = !(findChromium() || isChromiumRequired())

test.skipIf(isSkipped)(
  `a page that measures digits in Chromium paints meanwhile, and finds real ones at their floor${isSkipped ? ` (left out: ${noChromium})` : ''}`,
  async () => {
    const site = await openSite({ page: 'metrics' })
    const browser = await launchChromium()
    try {
      const page = await (await browser.newContext()).newPage()
      await page.goto(site.page(false))
      await page.waitForFunction(() => 'gankitMeasure' in globalThis)
      const { figures, turns } = await page.evaluate(() => globalThis.gankitMeasure(2500))
      const { 'frechet-distance': frechet, recall, coverage } = figures
      // Other digits, some of them the reference's own.
      expect(frechet!.value).toBeLessThan(1.2 * frechet!.floor!)
      expect(recall!.value).toBeGreaterThan(0.8)
      expect(coverage!.value).toBeGreaterThan(0.9)
      // Once for each batch of features and each piece of a distance: never was much of the work done in one go.
      expect(turns.reading).toBeGreaterThan(10)
      expect(turns.measuring).toBeGreaterThan(10)
    } finally {
      await browser.close()
      await site.close()
    }
  },
)
