import { GankitError } from '@gankit/core'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

/** A picture that was drawn. */
export interface DrawnPicture {
  /** [size / reduce, size / reduce, 3] */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** For each attribute the index of its value. */
  readonly attributes: Uint8Array
}

/** The address of `index_bg.wasm` of @resvg/resvg-wasm, or its content. */
export type RendererBinary = URL | string | Response | BufferSource | WebAssembly.Module

/** A picture that was drawn. */
export interface DrawnPicture {
  /** [size / reduce, size / reduce, 3] */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** For each attribute the index of its value. */
  readonly attributes: Uint8Array
}

let started: Promise<void> | undefined

/**
 * Prepares `renderRgb`, once per thread; later calls cost nothing.
 * @param binary called at the first call only
 * @throws GankitError where the binary can't be loaded or compiled
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
    // Other code in this thread has started the renderer.
    if (why.startsWith('Already initialized')) return
    throw new GankitError(
      'datasets',
      'file',
      `the renderer of drawings didn't start (${why}), expected index_bg.wasm of @resvg/resvg-wasm 2: give wasm its URL or its bytes, or take cartoonFaces and birds of @gankit/datasets/node`,
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
      return dropAlpha(image.pixels)
    } finally {
      image.free()
    }
  } finally {
    drawing.free()
  }
}

/** Drops alpha, which is 255 everywhere, as the background is opaque. */
function dropAlpha(rgba: Uint8Array): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array((rgba.length / 4) * 3)
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!
    rgb[to + 1] = rgba[from + 1]!
    rgb[to + 2] = rgba[from + 2]!
  }
  return rgb
}
