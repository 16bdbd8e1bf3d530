import type { Samples } from '@gankit/inference'
import { type Picture, samplePictures } from '@gankit/visualization'
import type { Pixels } from '../protocol.ts'

/** Samples as a canvas takes them, with the levels that `gankit sample` writes. @throws GankitError where some are not finite */
export function toPixels({ samples, sampleShape }: Pick<Samples, 'samples' | 'sampleShape'>): Pixels[] {
  return samplePictures({ samples: samples as Float32Array, sampleShape }).map(fillAlpha)
}

function fillAlpha({ width, height, channels, data }: Picture): Pixels {
  const pixels = new Uint8ClampedArray(4 * width * height)
  for (let at = 0; at < width * height; at++) {
    for (let c = 0; c < 3; c++) pixels[4 * at + c] = data[at * channels + (channels === 1 ? 0 : c)]!
    pixels[4 * at + 3] = 255
  }
  return { width, height, data: pixels }
}

/** What a reply hands over and doesn't copy: the pixels in it, and a file. */
export function transferredOf(result: unknown): ArrayBuffer[] {
  if (result instanceof Uint8Array || result instanceof Uint8ClampedArray)
    return [result.buffer as ArrayBuffer]
  if (Array.isArray(result)) return result.flatMap(transferredOf)
  if (ArrayBuffer.isView(result) || typeof result !== 'object' || result === null) return []
  return Object.values(result).flatMap(transferredOf)
}
