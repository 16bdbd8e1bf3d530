import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { build, type Plugin, preview } from 'vite'
import { launchChromium, pagePatience } from '../src/browser/chromium.ts'

/** A page in a browser, and what went wrong in it. */
export interface OpenedPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors, warnings, and requests to elsewhere. */
  readonly faults: string[]
  close(): Promise<void>
}

/** A site that vite built, served from a path of its own, as a host may. */
export interface StaticSite {
  readonly browser: Browser
  readonly address: string
  /** Opens an address below the site's, in a context of its own or in one that is given, which stays open. */
  open(path: string, options?: BrowserContextOptions | BrowserContext): Promise<OpenedPage>
  close(): Promise<void>
}

/**
 * @param folder with a vite.config.ts, seen from the root of the repository
 * @param inPage addresses that are none of a server: what the page made itself
 * @param plugins of the build, beside those of the configuration
 */
export async function openStaticSite(
  folder: string,
  inPage: RegExp = /^data:/,
  plugins: Plugin[] = [],
): Promise<StaticSite> {
  const root = fileURLToPath(new URL(`../../../${folder}`, import.meta.url))
  const served = await mkdtemp(join(tmpdir(), 'gankit-static-'))
  const outDir = join(served, 'site/any/path')
  await build({
    root,
    logLevel: 'error',
    configFile: join(root, 'vite.config.ts'),
    plugins,
    worker: { format: 'es', plugins: () => plugins },
    build: { outDir, emptyOutDir: true },
  })
  const server = await preview({
    root: served,
    configFile: false,
    logLevel: 'error',
    build: { outDir: 'site' },
    preview: { host: '127.0.0.1', port: 0 },
  })
  const address = `${server.resolvedUrls!.local[0]}any/path/`
  const browser = await launchChromium()
  return {
    browser,
    address,
    async open(path, options = {}) {
      const isGiven = 'newPage' in options
      const context = isGiven ? options : await browser.newContext({ locale: 'en-US', ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(pagePatience)
      const faults: string[] = []
      page.on('pageerror', error => faults.push(String(error)))
      page.on('console', message => {
        if (['error', 'warning'].includes(message.type())) faults.push(message.text())
      })
      page.on('request', request => {
        const url = request.url()
        if (!url.startsWith(address) && !inPage.test(url)) faults.push(url)
      })
      await page.goto(address + path)
      return { page, context, faults, close: () => (isGiven ? page.close() : context.close()) }
    },
    async close() {
      await browser.close()
      await server.close()
      await rm(served, { recursive: true, force: true })
    },
  }
}
