import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Generator, normalPrior, randomStream } from '@gankit/core'
import { sample } from '@gankit/inference'
import { type DrawingPageOptions, exportPage, openGenerator, saveGenerator } from '@gankit/inference/node'
import {
  adaptiveInstanceNormalization,
  instanceNormalization,
  pixelShuffle,
  reflectionPadding,
} from '@gankit/layers'
import { type Picture, samplePictures } from '@gankit/visualization'
import * as tf from '@tensorflow/tfjs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { findChromium, isChromiumRequired, launchChromium, noChromium } from '../../src/browser/chromium.ts'
import { type OpenOptions, openPage, seedWeights } from '../exported-page.ts'
import { grayLevels } from '../gray-levels.ts'

export const isSkipped: boolean = !(findChromium() || isChromiumRequired())
/** What stands behind the name of a suite that is left out. */
export const whySkipped: string = isSkipped ? ` (left out: ${noChromium})` : ''

/** Pixels of a side of inputs and pictures. */
export const side = 16
export const lines = { kind: 'lines', ink: [0, 0, 0], paper: [255, 255, 255] } as const

interface Pages {
  /** Exports and opens a page, and waits for its first picture. */
  open(
    drawing: DrawingPageOptions,
    options?: OpenOptions,
    of?: Generator,
  ): Promise<{ readonly page: Page; readonly faults: string[] }>
  /** A generator as a page has it: with weights of 16 bits. */
  halve(whole: Generator): Promise<Generator>
  /** Holds the picture to what `sample` makes of the drawing here. */
  expectTranslated(page: Page, of?: Generator, noise?: Float32Array): Promise<void>
}

/** Opens pages to draw on, in one browser for all tests of a file. */
export function usePages(): Pages {
  let folder: string
  let browser: Browser
  let generator: Generator
  let count = 0
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gankit-drawing-'))
    generator = await halve(translator())
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function halve(whole: Generator): Promise<Generator> {
    const place = join(folder, `half-${count++}`)
    await saveGenerator(place, whole, 'float16')
    return openGenerator(place)
  }

  async function open(
    drawing: DrawingPageOptions,
    options: OpenOptions = {},
    of: Generator = generator,
  ): Promise<{ page: Page; faults: string[] }> {
    const file = join(folder, `page-${count++}.html`)
    await exportPage(file, of, { title: 'Small & square', drawing })
    const opened = await openPage(browser, pathToFileURL(file).href, options)
    await settled(opened.page)
    return opened
  }

  async function expectTranslated(page: Page, of = generator, noise?: Float32Array): Promise<void> {
    const condition = Float32Array.from(await colorsOf(page, 'drawing'), level => level / 127.5 - 1)
    const { samples, sampleShape } = await sample(of, { count: 1, condition, ...(noise && { noise }) })
    const [{ data }] = samplePictures({ samples: samples as Float32Array, sampleShape }) as [Picture]
    const shown = await colorsOf(page, 'picture')
    expect(shown).toHaveLength(data.length)
    const away = shown.map((level, i) => Math.abs(level - data[i]!))
    expect(Math.max(...away)).toBeLessThanOrEqual(1)
    // Numbers that are 1e-3 apart fall to different levels, 1 / 127.5 apart, in at most 13% of the places.
    expect(away.filter(Boolean).length / away.length).toBeLessThan(0.13)
  }
  return { open, halve, expectTranslated }
}

/** Waits until the picture is that of the drawing. */
export function settled(page: Page): Promise<void> {
  return page.locator('#picture[aria-busy=false]').waitFor({ timeout: 120_000 })
}

/** Gray levels of the canvas of an id, row by row. */
export async function levelsOf(page: Page, id: string): Promise<number[]> {
  return (await grayLevels(page, `#${id}`))[0]!
}

/** All channels of a canvas, [side, side, 3]. */
export function colorsOf(page: Page, id: string): Promise<number[]> {
  return page.evaluate(id => {
    const canvas = document.querySelector<HTMLCanvasElement>(`#${id}`)!
    const { width, height } = canvas
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
    copy.drawImage(canvas, 0, 0)
    return [...copy.getImageData(0, 0, width, height).data].filter((_, i) => i % 4 !== 3)
  }, id)
}

/** Draws with the mouse through places in pixels of the input; where `isUp` is false the button stays down. */
export async function draw(page: Page, places: readonly [number, number][], isUp = true): Promise<void> {
  const box = (await page.locator('#drawing').boundingBox())!
  const [first, ...others] = places.map(
    ([x, y]) => [box.x + (x * box.width) / side, box.y + (y * box.height) / side] as const,
  )
  await page.mouse.move(...first!)
  await page.mouse.down()
  for (const place of others) await page.mouse.move(...place, { steps: 4 })
  if (isUp) await page.mouse.up()
  await settled(page)
}

/** A few pixels, black on white. */
export /** A few lines, black on white. */
function drawing(seed: number): Picture {
  const bits = randomStream(seed, 'test/drawing').uniform(side * side)
  const data = Uint8Array.from({ length: 3 * side * side }, (_, i) =>
    bits[Math.floor(i / 3)]! < 0.2 ? 0 : 255,
  )
  return { width: side, height: side, channels: 3, data }
}

/** Pictures of 16 × 16 to others, by each of the layers of gankit that a page has; with noise, if there are numbers of it. */
export function translator(noise = 0): Generator {
  const apply = (layer: tf.layers.Layer, of: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    layer.apply(of) as tf.SymbolicTensor
  const input = tf.input({ shape: [side, side, 3] })
  const style = tf.input({ shape: [Math.max(1, noise)] })
  const padded = apply(reflectionPadding({ padding: [1, 2, 2, 1] }), input)
  const convolved = apply(tf.layers.conv2d({ filters: 8, kernelSize: 4, strides: 2 }), padded)
  const normal = apply(instanceNormalization(), convolved)
  const styled = noise > 0 ? apply(adaptiveInstanceNormalization(), [normal, style]) : normal
  const active = apply(tf.layers.leakyReLU({ alpha: 0.2 }), styled)
  const wide = apply(tf.layers.conv2d({ filters: 12, kernelSize: 3, padding: 'same' }), active)
  const outputs = apply(
    tf.layers.activation({ activation: 'tanh' }),
    apply(pixelShuffle({ factor: 2 }), wide),
  )
  const model = tf.model({ inputs: noise > 0 ? [style, input] : input, outputs })
  seedWeights(model)
  return {
    model,
    ...(noise > 0 && { noise: { size: noise, prior: normalPrior() } }),
    condition: { kind: 'image', shape: [side, side, 3] },
    sampleShape: [side, side, 3],
  }
}
