import type { Dataset } from '@gankit/core'
import { openInMemory, type RendererOptions } from '../drawn/open-in-memory.ts'
import { type BirdOptions, parseBirdOptions } from './bird-options.ts'

export interface BirdsOptions extends BirdOptions, RendererOptions {}

/**
 * Birds of this package's own drawing, from the side, with their traits as attributes. A bird is drawn when a batch first needs
 * it, and kept: count · size² · 3 bytes. Batches are float32 [n, size, size, 3] in [−1, 1].
 * @throws GankitError for options out of range, a renderer that doesn't start, and a set too large for memory
 */
export async function birds(options: BirdsOptions = {}): Promise<Dataset> {
  return openInMemory({ subject: 'birds', settings: parseBirdOptions(options) }, options)
}
