import type { Latent } from '@gankit/core'

/** A generator of pictures, as a page holds it. */
export interface GeneratorPage {
  readonly title: string
  /** The layers model but for its weights: what `tf.io.fromMemory` takes beside them. */
  readonly model: { readonly modelTopology: object; readonly [name: string]: unknown }
  /** Name, shape, kind and quantization of each weight; 16-bit floats halve the page. */
  readonly weightSpecs: readonly object[]
  /** All weights one after another. */
  readonly weights: Uint8Array
  readonly latent: Latent
  /** [height, width, channels], with 1 channel (grey) or 3 (red, green, blue), in [−1, 1]. */
  readonly sampleShape: readonly number[]
  /** Samples in the grid. Default 64. */
  readonly count?: number
  /** The first seed. Default 0. */
  readonly seed?: number
}
