import { readFile } from 'node:fs/promises'
import { randomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Browser, Page } from 'playwright-core'
import { pagePatience } from '../src/browser/chromium.ts'
import { grayLevels } from './gray-levels.ts'

/** How a page is opened. */
export interface OpenOptions {
  readonly context?: Parameters<Browser['newContext']>[0]
  /** A script that runs before those of the page. */
  readonly before?: string
}

/** Opens a page from disk, with the network off. @returns the page, and what goes wrong in it from then on */
export async function openPage(
  browser: Browser,
  address: string,
  { context: options = {}, before = '' }: OpenOptions = {},
): Promise<{ readonly page: Page; readonly faults: string[] }> {
  const context = await browser.newContext({ offline: true, locale: 'en-GB', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(pagePatience)
  await page.addInitScript(before)
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => faults.push(message.text()))
  page.on('request', request => {
    // What the page makes itself, and pictures that it holds, are no requests of the network.
    if (request.url() !== address && !/^(blob|data):/.test(request.url())) faults.push(request.url())
  })
  await page.goto(address)
  return { page, faults }
}

/** What a button saves, and its name, in gray levels; a canvas #saved shows it. */
export async function savePicture(
  page: Page,
  name: string,
): Promise<{ readonly file: string; readonly levels: number[] }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ])
  const source = `data:image/png;base64,${(await readFile(await download.path())).toString('base64')}`
  await page.evaluate(async source => {
    const image = new Image()
    image.src = source
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.id = 'saved'
    canvas.width = image.width
    canvas.height = image.height
    canvas.getContext('2d')!.drawImage(image, 0, 0)
    document.querySelector('#saved')?.remove()
    document.body.append(canvas)
  }, source)
  return { file: download.suggestedFilename(), levels: (await grayLevels(page, '#saved'))[0]! }
}

/** Gives a model whose pictures a page draws seeded weights, large enough that outputs differ. */
export function seedWeights(model: tf.LayersModel): void {
  const random = randomStream(1, 'test/weights')
  for (const weight of model.trainableWeights) {
    const shape = weight.shape as number[]
    weight.write(tf.tensor(random.normal(tf.util.sizeFromShape(shape), 0, 0.3), shape))
  }
}
