import { type Dataset, GankitError, sizeOfShape } from '@gankit/core'
import { createDataset, takeRows } from '../dataset/create-dataset.ts'
import { listAttributes } from './choose-face.ts'
import { drawFace } from './draw-face.ts'
import { type FaceOptions, type FaceSettings, findFaceShape, parseFaceOptions } from './face-options.ts'
import { type RendererBinary, startRenderer } from './renderer.ts'
import { stylesByName } from './styles.ts'

export interface CartoonFacesOptions extends FaceOptions {
  /**
   * `index_bg.wasm` of @resvg/resvg-wasm: its URL, bytes or module; the first call in a thread decides. Default: the place
   * where a bundler puts it.
   */
  readonly wasm?: RendererBinary
}

/**
 * Faces drawn by DiceBear's styles, in color and from the front, with their traits as attributes. A face is drawn when a
 * batch first needs it, and kept: count · size² · 3 bytes. Batches are float32 [n, size, size, 3] in [−1, 1].
 * @throws GankitError for options out of range, a renderer that doesn't start, and a set too large for memory
 */
export async function cartoonFaces(options: CartoonFacesOptions = {}): Promise<Dataset> {
  const settings = parseFaceOptions(options)
  const { count, style } = settings
  const definitions = listAttributes(stylesByName[style])
  const sampleShape = findFaceShape(settings)
  const sampleSize = sizeOfShape(sampleShape)
  const faces = allocate(settings, sampleSize)
  const values = new Uint8Array(count * definitions.length)
  const isDrawn = new Uint8Array(count)
  const binary = options.wasm ?? new URL('@resvg/resvg-wasm/index_bg.wasm', import.meta.url)
  await startRenderer(() => binary)

  const draw = (index: number) => {
    const face = drawFace(settings, index)
    faces.set(face.bytes, index * sampleSize)
    values.set(face.attributes, index * definitions.length)
    isDrawn[index] = 1
  }
  return createDataset({
    sampleShape,
    size: count,
    // A batch reads its samples before its attributes, so drawing fills these values in time.
    attributes: { definitions, values },
    read(indices) {
      for (const index of indices) if (!isDrawn[index]) draw(index)
      return takeRows(faces, sampleSize, indices)
    },
  })
}

function allocate({ count, size }: FaceSettings, sampleSize: number): Uint8Array {
  try {
    return new Uint8Array(count * sampleSize)
  } catch (error) {
    throw new GankitError(
      'datasets',
      'option',
      `${count} faces of ${size}×${size} take ${((count * sampleSize) / 1e9).toFixed(1)} GB, more than memory gives: take fewer or smaller ones, or cartoonFaces of @gankit/datasets/node, which keeps them on the disk`,
      { cause: error },
    )
  }
}
