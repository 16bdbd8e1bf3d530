import { type Dataset, GankitError, sizeOfShape } from '@gankit/core'
import { createDataset, takeRows } from '../dataset/create-dataset.ts'
import { findDrawnShape } from './drawn-options.ts'
import { chooseValues, type DrawnSet, drawPicture, listDrawnAttributes } from './drawn-set.ts'
import { type RendererBinary, startRenderer } from './renderer.ts'

/** Where a page has the renderer. */
export interface RendererOptions {
  /**
   * `index_bg.wasm` of @resvg/resvg-wasm: its URL, bytes or module; the first call in a thread decides. Default: the place
   * where a bundler puts it.
   */
  readonly wasm?: RendererBinary
}

/**
 * Opens a set whose pictures are drawn when a batch first needs them, and kept: count · size² · 3 bytes.
 * @throws GankitError for a renderer that doesn't start, and a set too large for memory
 */
export async function openInMemory(set: DrawnSet, { wasm }: RendererOptions): Promise<Dataset> {
  const { count } = set.settings
  const definitions = listDrawnAttributes(set)
  const sampleShape = findDrawnShape(set.settings)
  const sampleSize = sizeOfShape(sampleShape)
  const pictures = allocate(set, sampleSize)
  // A part of the dataset takes its rows of these before anything is drawn.
  const values = new Uint8Array(count * definitions.length)
  for (let index = 0; index < count; index++) values.set(chooseValues(set, index), index * definitions.length)
  const isDrawn = new Uint8Array(count)
  const binary = wasm ?? new URL('@resvg/resvg-wasm/index_bg.wasm', import.meta.url)
  await startRenderer(() => binary)

  const draw = (index: number) => {
    pictures.set(drawPicture(set, index).bytes, index * sampleSize)
    isDrawn[index] = 1
  }
  return createDataset({
    sampleShape,
    size: count,
    attributes: { definitions, values },
    read(indices) {
      for (const index of indices) if (!isDrawn[index]) draw(index)
      return takeRows(pictures, sampleSize, indices)
    },
  })
}

function allocate({ subject, settings: { count, size } }: DrawnSet, sampleSize: number): Uint8Array {
  try {
    return new Uint8Array(count * sampleSize)
  } catch (error) {
    throw new GankitError(
      'datasets',
      'option',
      `${count} ${subject} of ${size}×${size} take ${((count * sampleSize) / 1e9).toFixed(1)} GB, more than memory gives: take fewer or smaller ones, or ${subject === 'faces' ? 'cartoonFaces' : 'birds'} of @gankit/datasets/node, which keeps them on the disk`,
      { cause: error },
    )
  }
}
