import { checkSeed, type Forward, GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { SeededOptions } from './initializers.ts'
import type { LayerOptions } from './options.ts'
import {
  divideBySpectralNorm,
  movesStatistics,
  type SingularVectors,
  startSingularVectors,
} from './spectral-norm.ts'

export interface SpectralNormalizationOptions extends LayerOptions {
  /** Seed of the first u. Default 0. */
  readonly seed?: number
  /** What u is drawn for is `purpose/u`. Default: `name`. */
  readonly purpose?: string
}

/**
 * Spectral normalisation (Miyato et al. 2018, arXiv 1802.05957) of a conv2d, conv2dTranspose or dense layer, which does
 * all else as before: its kernel is divided by its largest singular value, which makes the layer's linear map, taken
 * as a matrix, 1-Lipschitz. Equal to torch.nn.utils.parametrizations.spectral_norm.
 *
 * The singular value is estimated by one step of the power iteration in each training pass in which
 * `Forward.moveStatistics` (by default: always) lets statistics move; u and v are kept from pass to pass. In other
 * passes, and when `trainable` is false, they stay as they are, to the bit. They are constants to every gradient.
 *
 * The matrix has a row for each output channel, and a column for each input channel at each place of the window:
 * [out, in·kh·kw] in PyTorch, the columns in the order kh, kw, in here. It is the same for conv2dTranspose, PyTorch's
 * `dim=1`: what is normalised is what each output channel gathers, whichever way the convolution runs, and weights and
 * vectors of the two libraries can be exchanged.
 *
 * It takes the wrapped layer's name, so that weights keep theirs: `name/kernel`, `name/bias`, and the untrained
 * `name/u` [out] and `name/v` [kh·kw·in]. The kernel is saved as it is trained, not divided. A kernel of zeros has no
 * direction, and gives NaN, as in PyTorch.
 *
 * @param layer not yet built, and used nowhere else
 * @throws GankitError for another layer, one that is built, or a seed out of range
 */
export function spectralNormalization(
  layer: tf.layers.Layer,
  options: SpectralNormalizationOptions = {},
): tf.layers.Layer {
  return new SpectralNormalization({ ...options, layer })
}

const wrapped = ['Conv2D', 'Conv2DTranspose', 'Dense']

class SpectralNormalization extends tf.layers.Layer {
  static readonly className = '@gankit/layers>SpectralNormalization'
  private readonly layer: tf.layers.Layer
  private readonly seeded: SeededOptions
  private kernel!: tf.LayerVariable
  private divided!: tf.Tensor
  private vectors!: SingularVectors

  constructor({
    layer,
    seed = 0,
    purpose,
    ...own
  }: SpectralNormalizationOptions & { layer: tf.layers.Layer }) {
    const { batchInputShape, name, trainable } = layer
    super({ trainable, ...(batchInputShape && { batchInputShape }), ...own, name: own.name ?? name })
    if (!wrapped.includes(layer.getClassName()) || layer.built)
      throw new GankitError(
        'layers',
        'option',
        `spectralNormalization got a ${layer.built ? 'layer that is built' : 'layer'} of class ${layer.getClassName()}, expected a new tf.layers.conv2d, conv2dTranspose or dense`,
      )
    this.layer = layer
    checkSeed(seed)
    this.seeded = { seed, purpose: purpose ?? this.name }
    this.inputSpec = layer.inputSpec
  }

  override build(inputShape: tf.Shape): void {
    this.layer.build(inputShape)
    this.inputSpec = this.layer.inputSpec
    this.trainableWeights = this.layer.weights
    this.kernel = this.layer.weights[0]!
    // The layer knows its kernel by read() alone: from now on that gives the divided one of the call.
    Object.assign(this.layer, { kernel: { read: () => this.divided } })
    const matrix = tf.tidy(() => this.matrixOf(this.kernel.read()))
    this.vectors = startSingularVectors(
      matrix,
      (name, shape, initializer) => this.addWeight(name, shape, 'float32', initializer, undefined, false),
      this.seeded,
    )
    matrix.dispose()
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[], how: Forward): tf.Tensor {
    return tf.tidy(() => {
      const kernel = this.kernel.read()
      const moves = movesStatistics(how) && this.trainable
      this.divided = divideBySpectralNorm(kernel, this.matrixOf(kernel), this.vectors, moves)
      return this.layer.call(inputs, { ...how }) as tf.Tensor
    })
  }

  /** The kernel as [rows, out]. */
  private matrixOf(kernel: tf.Tensor): tf.Tensor {
    // [kh, kw, out, in]
    const isTransposed = this.layer.getClassName() === 'Conv2DTranspose'
    const outLast = isTransposed ? kernel.transpose([0, 1, 3, 2]) : kernel
    return outLast.reshape([-1, outLast.shape.at(-1)!])
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return this.layer.computeOutputShape(inputShape) as tf.Shape
  }

  override getConfig(): tf.serialization.ConfigDict {
    const layer = { className: this.layer.getClassName(), config: this.layer.getConfig() }
    return { ...super.getConfig(), layer }
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    const { layer, ...own } = config as { layer: { className: string; config: tf.serialization.ConfigDict } }
    const registered = tf.serialization.SerializationMap.getMap().classNameMap[layer.className]
    if (!registered)
      throw new GankitError(
        'layers',
        'data',
        `a saved spectralNormalization wraps a layer of class ${layer.className}, expected one of ${wrapped.join(', ')}`,
      )
    return new cls({ ...own, layer: registered[1](registered[0], layer.config) })
  }
}

tf.serialization.registerClass(SpectralNormalization)
