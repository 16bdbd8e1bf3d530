import { checkInteger, GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { LayerOptions } from './options.ts'

export interface PixelShuffleOptions extends LayerOptions {
  /** The factor by which the output is higher and wider, a whole number from 1 up. Default 2. */
  readonly factor?: number
}

/**
 * Depth to space (Shi et al. 2016, arXiv 1609.05158): r² channels become r·r pixels of one.
 *
 * The order of channels is that of torch.nn.PixelShuffle: channel c·r² + i·r + j goes to channel c, row i and column j
 * of its block, so that weights can be carried over. `tf.depthToSpace` reads channel (i·r + j)·C + c instead. The layer
 * is one transposition, whose gradients of every order are transpositions again.
 *
 * [n, h, w, C·r²] → [n, h·r, w·r, C]
 * @throws GankitError for a factor below 1 or not whole, or channels that r² doesn't divide
 */
export function pixelShuffle(options: PixelShuffleOptions = {}): tf.layers.Layer {
  return new PixelShuffle(options)
}

class PixelShuffle extends tf.layers.Layer {
  static readonly className = '@gankit/layers>PixelShuffle'
  private readonly factor: number

  constructor({ factor = 2, ...layer }: PixelShuffleOptions) {
    super(layer)
    // The default name is made from the class name, whose '@' and '>' tfjs forbids in names.
    this.name = layer.name ?? `pixel_shuffle_${this.id}`
    checkInteger('layers', 'pixelShuffle factor', factor, 1)
    this.factor = factor
  }

  override build(inputShape: tf.Shape): void {
    const [square, channels] = [this.factor ** 2, inputShape[3]]
    if (inputShape.length !== 4 || typeof channels !== 'number' || channels % square !== 0)
      throw new GankitError(
        'layers',
        'data',
        `pixelShuffle got input of shape [${inputShape}], expected [n, h, w, c] with c a multiple of factor² = ${square}: give the layer before it ${square} times the filters`,
      )
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    const r = this.factor
    return tf.tidy(() => {
      const [n, h, w, channels] = input.shape as [number, number, number, number]
      return input
        .reshape([n * h, w, channels / r ** 2, r, r])
        .transpose([0, 3, 1, 4, 2])
        .reshape([n, h * r, w * r, channels / r ** 2])
    })
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const [n, h, w, channels] = inputShape as [number | null, number | null, number | null, number]
    const enlarge = (side: number | null) => (side === null ? null : side * this.factor)
    return [n, enlarge(h), enlarge(w), channels / this.factor ** 2]
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), factor: this.factor }
  }
}

tf.serialization.registerClass(PixelShuffle)
