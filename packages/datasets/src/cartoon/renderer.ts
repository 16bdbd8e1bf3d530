import { GankitError } from '@gankit/core'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

/** Where `index_bg.wasm` of @resvg/resvg-wasm is, or what is in it. */
export type RendererBinary = URL | string | Response | BufferSource | WebAssembly.Module

let started: Promise<void> | undefined

/**
 * Makes `renderRgb` ready; once in a thread, and at no cost from then on.
 * @param binary called the first time alone
 * @throws GankitError where the binary can't be had or isn't one
 */
export function startRenderer(binary: () => RendererBinary | Promise<RendererBinary>): Promise<void> {
  started ??= start(binary).catch(error => {
    started = undefined
    throw error
  })
  return started
}

async function start(binary: () => RendererBinary | Promise<RendererBinary>): Promise<void> {
  try {
    await initWasm(await binary())
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    // Somebody else in this thread draws with it too.
    if (why.startsWith('Already initialized')) return
    throw new GankitError(
      'datasets',
      'file',
      `the renderer of cartoon faces didn't start (${why}), expected index_bg.wasm of @resvg/resvg-wasm 2: give wasm its URL or its bytes, or take cartoonFaces of @gankit/datasets/node`,
      { cause: error },
    )
  }
}

/**
 * Renders the text of a square SVG on white.
 * @returns [size, size, 3] bytes, red, green, blue
 */
export function renderRgb(svg: string, size: number): Uint8Array<ArrayBuffer> {
  const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: size }, background: '#fff' })
  try {
    const image = drawing.render()
    try {
      return withoutAlpha(image.pixels)
    } finally {
      image.free()
    }
  } finally {
    drawing.free()
  }
}

/** The background is opaque, so alpha is 255 everywhere. */
function withoutAlpha(rgba: Uint8Array): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array((rgba.length / 4) * 3)
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!
    rgb[to + 1] = rgba[from + 1]!
    rgb[to + 2] = rgba[from + 2]!
  }
  return rgb
}
