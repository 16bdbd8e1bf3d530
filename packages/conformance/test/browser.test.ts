import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, isChromiumRequired, launchChromium, noChromium } from '../src/browser/chromium.ts'
import type { Answer, Task } from '../src/browser/pages/suite/tasks.ts'
import { openSite, type Site } from '../src/browser/site.ts'

const isSkipped = !(findChromium() || isChromiumRequired())

interface Place {
  /** Whether the page's headers allow threads. */
  readonly isolated?: boolean
  readonly worker?: boolean
}

describe.skipIf(isSkipped)(`in Chromium${isSkipped ? ` (left out: ${noChromium})` : ''}`, () => {
  let site: Site
  let browser: Browser
  beforeAll(async () => {
    site = await openSite()
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  /** Does a task in a page of its own, for a page has one tfjs. */
  async function ask(task: Task, { isolated = false, worker = false }: Place = {}): Promise<Answer> {
    const context = await browser.newContext()
    try {
      const page = await context.newPage()
      await page.goto(site.page(isolated))
      await page.waitForFunction(() => 'gankitTask' in globalThis)
      return await page.evaluate(([task, worker]) => globalThis.gankitTask(task, worker), [
        task,
        worker,
      ] as const)
    } finally {
      await context.close()
    }
  }

  const isolated = { isolated: true }
  // What runs whole in Node, on the same kernels, runs here in part: what a page does differently.
  const some = ['small conv2d', 'BatchNorm', 'AdamUpdate', 'sum of', '20 steps']
  // The studio's test takes more steps than these on WebGPU.
  test.each([
    ['webgpu', undefined, {}, some.slice(0, -1), 'short'],
    ['webgl', undefined, {}, [], 'few'],
    ['wasm', 1, {}, some, 'short'],
    ['wasm', 2, isolated, some, 'short'],
    ['cpu', undefined, {}, some, 'short'],
  ] as const)(
    'the suite passes on %s, threads: %s',
    { timeout: 300_000 },
    async (backend, threads, place, cases, size) => {
      const { choice, results, error, started } = await ask(
        { select: { backend, ...(threads && { threads }) }, cases: [...cases], size },
        place,
      )
      expect(error).toBeUndefined()
      expect(choice).toMatchObject({ backend, threads: threads ?? 1 })
      expect(results).toMatchObject({ backend, failed: [] })
      expect(results!.passed).toBeGreaterThan(cases.length > 0 ? 10 : 50)
      expect(started).toBe(backend === 'wasm' ? threads! - 1 : undefined)
    },
  )

  test.each(['webgpu', 'webgl', 'wasm'])('%s trains in a module worker', async backend => {
    const threads = backend === 'wasm' ? 2 : 1
    const task = {
      select: { backend, threads },
      cases: ['small conv2d, kernel 4', 'BatchNorm on [9,3]', 'AdamUpdate on [64]'],
    }
    const { choice, results } = await ask(task, { isolated: true, worker: true })
    expect(choice).toMatchObject({ backend, threads })
    expect(results).toMatchObject({ backend, failed: [] })
    expect(results!.passed).toBeGreaterThan(0)
  })

  test.each([false, true])('without a GPU wasm is taken, in a worker: %s', async worker => {
    const { choice } = await ask({}, { isolated: true, worker })
    expect(choice).toMatchObject({
      backend: 'wasm',
      tried: ['webgpu', 'webgl', 'wasm'],
      refused: [
        { backend: 'webgpu', why: expect.stringMatching(/^no GPU answers, only .*swiftshader/i) },
        { backend: 'webgl', why: expect.stringMatching(/^no GPU answers, only .*swiftshader/i) },
      ],
    })
    expect(choice!.threads).toBeGreaterThan(1)
  })

  test('a page that is not isolated gets one thread and is told what more would need', async () => {
    const { choice } = await ask({ select: { threads: 2 } })
    expect(choice).toMatchObject({ backend: 'wasm', threads: 1 })
    expect(choice!.reason).toContain('on one thread: more need a page that is isolated')
  })

  test('binaries that are not served cost wasm alone, or the call that wanted it', async () => {
    const wasmPaths = '/plain/nowhere/'
    const { choice } = await ask({ select: { wasmPaths } })
    expect(choice).toMatchObject({ backend: 'cpu' })
    expect(choice!.refused.at(-1)).toMatchObject({ backend: 'wasm' })
    const { error } = await ask({ select: { backend: 'wasm', wasmPaths } }, isolated)
    expect(error).toMatch(
      /backend 'wasm' could not be started: wasm \(\/plain\/nowhere\/tfjs-backend-wasm-simd\.wasm could not be loaded: is it served, and do wasmPaths say where\?\)/,
    )
  })

  test('what is asked for wrongly is said', async () => {
    expect((await ask({ select: { backend: 'metal' } })).error).toBe(
      "[gankit/runtime] backend is 'metal', expected one of: auto, webgpu, webgl, wasm, cpu",
    )
    for (const threads of [0, 9, 1.5])
      expect((await ask({ select: { threads } })).error).toBe(
        `[gankit/runtime] threads is ${threads}, expected a whole number from 1 to 8`,
      )
  })
})
