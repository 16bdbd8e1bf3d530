import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { findChromium, isChromiumRequired, launchChromium, noChromium } from '../src/browser/chromium.ts'
import type { DatasetAnswer, DatasetTask } from '../src/browser/pages/datasets/tasks.ts'
import { openSite, type Site } from '../src/browser/site.ts'

export const isSkipped: boolean = !(findChromium() || isChromiumRequired())
/** Behind the name of what is tested in Chromium: why it is left out. */
export const skipReason: string = isSkipped ? ` (left out: ${noChromium})` : ''

export interface DatasetsPage {
  /** Opens a dataset in the page, or in a worker of it, and says what was there. */
  open(task: DatasetTask, worker?: boolean): Promise<DatasetAnswer>
  /** The address of a served file. */
  address(path: string): string
}

/** For the tests of a group: a page in Chromium that opens datasets, from a site that serves some files. */
export function useDatasetsPage(
  fillFiles: (files: Map<string, Uint8Array>) => Promise<void> | void = () => {},
): DatasetsPage {
  let site: Site
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    const files = new Map<string, Uint8Array>()
    await fillFiles(files)
    site = await openSite({ page: 'datasets', files })
    browser = await launchChromium()
    page = await browser.newPage()
    await page.goto(site.page(false))
    await page.waitForFunction(() => 'gankitDataset' in globalThis)
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })
  return {
    async open(task, worker = false) {
      const answer = await page.evaluate(([task, worker]) => globalThis.gankitDataset(task, worker), [
        task,
        worker,
      ] as const)
      expect(answer.bitmapsOpen).toBe(0)
      return answer
    },
    address: path => `${site.page(false)}files/${path.split('/').map(encodeURIComponent).join('/')}`,
  }
}
