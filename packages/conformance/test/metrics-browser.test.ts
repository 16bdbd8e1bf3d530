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
      const { figures, frames, whole, longest } = await page.evaluate(() => globalThis.gankitMeasure(2500))
      const { 'frechet-distance': frechet, recall, coverage } = figures
      // Other digits, some of them the reference's own.
      expect(frechet!.value).toBeLessThan(1.2 * frechet!.floor!)
      expect(recall!.value).toBeGreaterThan(0.8)
      expect(coverage!.value).toBeGreaterThan(0.9)
      // It never had to wait for long: many turns, of which none was most of the work.
      expect(frames).toBeGreaterThan(5)
      expect(longest).toBeLessThan(whole / 2)
    } finally {
      await browser.close()
      await site.close()
    }
  },
)
