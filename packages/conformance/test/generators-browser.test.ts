import type { Generator } from '@gankit/core'
import { drawSamples, encodeGenerator, type GivenInputs } from '@gankit/inference'
import { expectClose } from '@gankit/testkit'
import { setBackend } from '@tensorflow/tfjs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faces, points, sentences } from '../../inference/test/generators.ts'
import { findChromium, isChromiumRequired, launchChromium, noChromium } from '../src/browser/chromium.ts'
import { openSite, type Site } from '../src/browser/site.ts'

const skipped = !(findChromium() || isChromiumRequired())
const kinds: Record<string, Generator> = { points: points(), faces: faces(), sentences: sentences() }

describe.skipIf(skipped)(`saved generators in Chromium${skipped ? ` (left out: ${noChromium})` : ''}`, () => {
  let site: Site
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    await setBackend('cpu')
    const files = new Map<string, Uint8Array>()
    for (const [name, generator] of Object.entries(kinds)) {
      const { model, weights } = await encodeGenerator(generator)
      files.set(`${name}/model.json`, Buffer.from(JSON.stringify(model)))
      files.set(`${name}/weights.bin`, weights)
    }
    site = await openSite({ page: 'generators', files })
    browser = await launchChromium()
    page = await (await browser.newContext()).newPage()
    await page.goto(site.page(false))
    await page.waitForFunction(() => 'gankitGenerator' in globalThis)
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  const ask = (address: string, inWorker: boolean, given?: GivenInputs) =>
    page.evaluate(([task, inWorker]) => globalThis.gankitGenerator(task, inWorker), [
      { address, count: 130, seed: 6, ...(given && { given }) },
      inWorker,
    ] as const)

  test.each(Object.keys(kinds).flatMap(name => [false, true].map(inWorker => [name, inWorker] as const)))(
    '%s are the samples of Node, in a worker: %s',
    async (name, inWorker) => {
      // A worker's own address is that of its script, so the task holds the page's.
      const address = new URL(`files/${name}/model.json`, site.page(false)).href
      const { samples, sampleShape, leaked, error } = await ask(address, inWorker)
      expect(error).toBeUndefined()
      const expected = await drawSamples(kinds[name]!, 130, 6)
      expect([sampleShape, leaked]).toEqual([expected.sampleShape, 0])
      await expectClose(samples!, expected.samples, 1e-6)
    },
  )

  test('an address may be relative to the page, and a failure is one line', async () => {
    expect((await ask('files/points/model.json', false)).sampleShape).toEqual([2])
    expect((await ask('files/none/model.json', false)).error).toMatch(
      /^\[gankit\/inference\] http:\/\/localhost:\d+\/plain\/files\/none\/model\.json answered 404, expected a file of a saved generator$/,
    )
  })
})
