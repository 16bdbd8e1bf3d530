import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, isChromiumRequired, launchChromium, noChromium } from '../src/browser/chromium.ts'
import type { CheckpointAnswer, CheckpointTask } from '../src/browser/pages/checkpoints/tasks.ts'
import { openSite, type Site } from '../src/browser/site.ts'

const isSkipped = !(findChromium() || isChromiumRequired())

describe.skipIf(isSkipped)(`checkpoints in Chromium${isSkipped ? ` (left out: ${noChromium})` : ''}`, () => {
  let site: Site
  let browser: Browser
  let context: BrowserContext
  let page: Page
  beforeAll(async () => {
    site = await openSite({ page: 'checkpoints' })
    browser = await launchChromium()
    context = await browser.newContext()
    page = await context.newPage()
    await page.goto(site.page(false))
    await ready()
  })
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

  test('IndexedDB keeps to the contract of a store', async () => {
    expect((await ask({ contract: true })).results).toMatchObject({ passed: 6, failed: [] })
  })

  test.each([false, true])('a run goes on after the page was loaded anew, in a worker: %s', async worker => {
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
  })

  test('a run whose page was closed resumes from its last complete checkpoint', async () => {
    await reload()
    const lost = ask({ train: 'lost', steps: 1e6 }).catch(() => 'gone')
    await page.waitForFunction(() => globalThis.gankitStep() > 11)
    const step = await page.evaluate(() => globalThis.gankitStep())
    await reload()
    expect(await lost).toBe('gone')
    const newest = (await ask({ list: 'lost' })).steps!.at(-1)!
    const second = await ask({ train: 'lost', steps: 3, further: true })
    expect(second.warnings).toEqual([])
    const from = second.from!
    expect(from % 5).toBe(0)
    // Training waits for each checkpoint, so at most the one of the last 5 steps is missing. The browser may complete the
    // closed page's last write after the store was listed, but takes no checkpoint back.
    expect(from).toBeGreaterThan(step - 10)
    expect(from).toBeGreaterThanOrEqual(newest)
    const steps = from + 3
    const uninterrupted = await ask({ train: 'not lost', steps })
    expect(second.weightsSha256).toBe(uninterrupted.weightsSha256)
  })
})
