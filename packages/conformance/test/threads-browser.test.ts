import type { SelectOptions } from '@gankit/runtime/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, isChromiumRequired, launchChromium, noChromium } from '../src/browser/chromium.ts'
import type { ThreadsAnswer } from '../src/browser/pages/threads/page.ts'
import { openSite, type Site } from '../src/browser/site.ts'

const isSkipped = !(findChromium() || isChromiumRequired())
const bundlers = ['vite', 'webpack'] as const

/** Pages built for production, where a minifier renames whatever it can. */
describe.skipIf(isSkipped)(
  `minified pages in Chromium${isSkipped ? ` (left out: ${noChromium})` : ''}`,
  () => {
    const sites: Partial<Record<(typeof bundlers)[number], Site>> = {}
    let browser: Browser
    beforeAll(async () => {
      const opening = bundlers.map(async bundler => {
        sites[bundler] = await openSite({ page: 'threads', bundler })
      })
      const launching = launchChromium()
      await Promise.all(opening)
      browser = await launching
    })
    afterAll(async () => {
      await browser?.close()
      await Promise.all(Object.values(sites).map(site => site.close()))
    })

    /** @param policy content security policy of the page */
    async function ask(
      bundler: (typeof bundlers)[number],
      isolated: boolean,
      options: SelectOptions,
      policy?: string,
    ): Promise<ThreadsAnswer> {
      const address = sites[bundler]!.page(isolated)
      const context = await browser.newContext()
      try {
        const page = await context.newPage()
        if (policy)
          await page.route(address, async route => {
            const response = await route.fetch()
            await route.fulfill({
              response,
              headers: { ...response.headers(), 'content-security-policy': policy },
            })
          })
        await page.goto(address)
        await page.waitForFunction(() => 'gankitThreads' in globalThis)
        return await page.evaluate(options => globalThis.gankitThreads(options), {
          wasmPaths: `${address}wasm/`,
          ...options,
        })
      } finally {
        await context.close()
      }
    }

    test.each(
      bundlers.flatMap(bundler =>
        [
          [false, 2, 1],
          [true, 1, 1],
          [true, 3, 3],
        ].map(([isolated, wanted, threads]) => [bundler, isolated, wanted, threads] as const),
      ),
    )('%s, isolated: %s, %d threads wanted: %d run', async (bundler, isolated, wanted, threads) => {
      const options = { backend: 'wasm', threads: wanted as number }
      const answer = await ask(bundler, isolated as boolean, options)
      expect(answer).toMatchObject({ backend: 'wasm', threads, product: [200] })
    })

    test('a page that forbids workers trains on one thread, and says why', async () => {
      const answer = await ask('vite', true, { backend: 'wasm', threads: 3 }, "worker-src 'none'")
      expect(answer).toMatchObject({ backend: 'wasm', threads: 1, product: [200] })
      expect(answer.reason).toContain(
        'on one thread because more could not be started (the page forbids workers',
      )
      // It doesn't wait until the time for workers is over.
      expect(answer.time).toBeLessThan(5000)
    })

    test('where wasm is not served, the next backend starts', async () => {
      const answer = await ask('vite', true, { threads: 2, wasmPaths: '/isolated/nowhere/' })
      expect(answer).toMatchObject({ backend: 'cpu', product: [200] })
    })
  },
)
