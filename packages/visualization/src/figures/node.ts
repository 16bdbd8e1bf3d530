import { readFile } from 'node:fs/promises'
import { checkPositive, GankitError } from '@gankit/core'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { resolveAsset } from '../html/node.ts'
import type { Picture } from '../pictures/picture.ts'

export interface RenderOptions {
  /** Pixels of the picture for each of the SVG. Default 1. */
  readonly zoom?: number
}

/** What the renderer needs, read once. */
let fonts: Promise<Uint8Array[]> | undefined

/**
 * Renders an SVG on white. Its texts are in Inter, of which this package has the letters of ASCII: the same on every machine.
 * @throws GankitError for what is no SVG, and where the renderer doesn't start
 */
export async function renderSvg(svg: string, { zoom = 1 }: RenderOptions = {}): Promise<Picture> {
  checkPositive('visualization', 'zoom', zoom)
  fonts ??= start().catch(error => {
    fonts = undefined
    throw error
  })
  const font = { fontBuffers: await fonts, defaultFontFamily: 'Inter', loadSystemFonts: false }
  try {
    const drawing = new Resvg(svg, { fitTo: { mode: 'zoom', value: zoom }, background: '#fff', font })
    const image = drawing.render()
    const { width, height, pixels } = image
    const data = dropAlpha(pixels)
    // One that failed can't be freed; it happens for what is no SVG, and where an element lies far outside.
    image.free()
    drawing.free()
    return { width, height, channels: 3, data }
  } catch (error) {
    throw new GankitError('visualization', 'data', `svg can't be drawn (${error}), expected an SVG`, {
      cause: error,
    })
  }
}

async function start(): Promise<Uint8Array[]> {
  const read = (path: string) => readFile(resolveAsset(path))
  try {
    const [binary, ...files] = await Promise.all([
      read('@resvg/resvg-wasm/index_bg.wasm'),
      ...['regular', 'italic'].map(style => read(`@gankit/visualization/fonts/figure-${style}.ttf`)),
    ])
    await initWasm(binary!).catch(error => {
      // Other code in this thread has started the renderer.
      if (!String(error).includes('Already initialized')) throw error
    })
    return files
  } catch (error) {
    throw new GankitError(
      'visualization',
      'file',
      `the renderer of figures didn't start (${error instanceof Error ? error.message : error}), expected @resvg/resvg-wasm 2 and this package's fonts: install again`,
      { cause: error },
    )
  }
}

/** Drops alpha, which is 255 everywhere, as the background is opaque. */
function dropAlpha(rgba: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3)
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!
    rgb[to + 1] = rgba[from + 1]!
    rgb[to + 2] = rgba[from + 2]!
  }
  return rgb
}
