import type { Dataset } from '@gankit/core'
import { openInMemory, type RendererOptions } from '../drawn/open-in-memory.ts'
import { type FaceOptions, parseFaceOptions } from './face-options.ts'

export interface CartoonFacesOptions extends FaceOptions, RendererOptions {}

/**
 * Faces drawn by DiceBear's styles, in color and from the front, with their traits as attributes. A face is drawn when a
 * batch first needs it, and kept: count · size² · 3 bytes. Batches are float32 [n, size, size, 3] in [−1, 1].
 * @throws GankitError for options out of range, a renderer that doesn't start, and a set too large for memory
 */
export async function cartoonFaces(options: CartoonFacesOptions = {}): Promise<Dataset> {
  return openInMemory({ subject: 'faces', settings: parseFaceOptions(options) }, options)
}
