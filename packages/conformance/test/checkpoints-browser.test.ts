import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, isChromiumRequired, launchChromium, noChromium } from '../src/browser/chromium.ts'
import type { CheckpointAnswer, CheckpointTask } from '../src/browser/page-of-checkpoints/tasks.ts'
import { openSite, type Site } from '../src/browser/site.ts'

const leftOut = !(findChromium() || isChromiumRequired())

describe.skipIf(leftOut)(`checkpoints in Chromium${leftOut ? ` (left out: ${noChromium})` : ''}`, () => {
  let site: Site
  let browser: Browser
  let context: BrowserContext
  let page: Page
  beforeAll(async () => {
    site = await openSite({ page: 'page-of-checkpoints' })
    browser = await launchChromium()
    context = await browser.newContext()
    page = await context.newPage()
    await page.goto(site.page(false))
    await ready()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  const ready = () => page.waitForFunction(() => 'gankitCheckpoint' in globalThis)
  const ask = (task: CheckpointTask, worker = false): Promise<CheckpointAnswer> =>
    page.evaluate(([task, worker]) => globalThis.gankitCheckpoint(task, worker), [task, worker] as const)
  const reload = async () => {
    await page.reload()
    await ready()
  }

  test('IndexedDB keeps to the contract of a store', { timeout: 60_000 }, async () => {
    expect((await ask({ contract: true })).results).toMatchObject({ passed: 6, failed: [] })
  })

  test.each([false, true])(
    'a run goes on after the page was loaded anew, in a worker: %s',
    { timeout: 60_000 },
    async worker => {
      const train = `run ${worker}`
      const first = await ask({ train, steps: 8 }, worker)
      expect(first).toMatchObject({ from: 0, steps: [5, 8], warnings: [] })
      await reload()
      const second = await ask({ train, steps: 14 }, worker)
      expect(second).toMatchObject({ from: 8, steps: [10, 14], warnings: [] })
      const uninterrupted = await ask({ train: `whole ${worker}`, steps: 14 }, worker)
      expect(uninterrupted).toMatchObject({ from: 0, steps: [10, 14] })
      expect(second.weightsSha256).toBe(uninterrupted.weightsSha256)
      expect(second.weightsSha256).not.toBe(first.weightsSha256)
    },
  )

  test('a page that goes in the midst of a run loses a few steps at most', { timeout: 120_000 }, async () => {
    await reload()
    const lost = ask({ train: 'lost', steps: 1e6 }).catch(() => 'gone')
    await page.waitForFunction(() => globalThis.gankitReached() > 11)
    const step = await page.evaluate(() => globalThis.gankitReached())
    await reload()
    expect(await lost).toBe('gone')
    const [, newest] = (await ask({ list: 'lost' })).steps!
    expect(newest! % 5).toBe(0)
    expect(newest!).toBeGreaterThan(step - 10)
    const steps = newest! + 3
    const second = await ask({ train: 'lost', steps })
    expect(second).toMatchObject({ from: newest, warnings: [] })
    const uninterrupted = await ask({ train: 'not lost', steps })
    expect(second.weightsSha256).toBe(uninterrupted.weightsSha256)
  })
})
