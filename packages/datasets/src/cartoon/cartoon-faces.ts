import { type Dataset, GankitError } from '@gankit/core'
import { datasetOf } from '../dataset/create-dataset.ts'
import { attributesOf } from './choose-face.ts'
import { drawFace } from './draw-face.ts'
import { type FaceOptions, type FaceSettings, faceSettings } from './face-options.ts'
import { type RendererBinary, startRenderer } from './renderer.ts'
import { stylesByName } from './styles.ts'

export interface CartoonFacesOptions extends FaceOptions {
  /**
   * `index_bg.wasm` of @resvg/resvg-wasm: its URL, bytes or module; the first call in a thread decides. Default: where a
   * bundler puts it.
   */
  readonly wasm?: RendererBinary
}

/**
 * Faces drawn by DiceBear's styles, in colour and from the front, with what each has as attributes. A face is drawn
 * when a batch first asks for it, and kept: count · size² · 3 bytes. Batches are float32 [n, size, size, 3] in [−1, 1].
 * @throws GankitError for options out of range, a renderer that doesn't start, and a set that memory doesn't hold
 */
export async function cartoonFaces(options: CartoonFacesOptions = {}): Promise<Dataset> {
  const settings = faceSettings(options)
  const { count, size, style } = settings
  const attributes = attributesOf(stylesByName[style])
  const sampleSize = size * size * 3
  const faces = allocate(settings, sampleSize)
  const codes = new Uint8Array(count * attributes.length)
  const drawn = new Uint8Array(count)
  const binary = options.wasm ?? new URL('@resvg/resvg-wasm/index_bg.wasm', import.meta.url)
  await startRenderer(() => binary)

  const draw = (index: number) => {
    const face = drawFace(settings, index)
    faces.set(face.bytes, index * sampleSize)
    codes.set(face.codes, index * attributes.length)
    drawn[index] = 1
  }
  const read = (indices: Uint32Array) => {
    const values = new Uint8Array(indices.length * sampleSize)
    for (const [row, index] of indices.entries()) {
      if (!drawn[index]) draw(index)
      values.set(faces.subarray(index * sampleSize, (index + 1) * sampleSize), row * sampleSize)
    }
    return values
  }
  // Codes are there in time: a batch takes its samples before its attributes.
  return datasetOf({ sampleShape: [size, size, 3], size: count, attributes, codes, read })
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
