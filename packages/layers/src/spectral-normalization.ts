import { checkSeed, type Forward, GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { SeededOptions } from './initializers.ts'
import type { LayerOptions } from './options.ts'
import {
  divideBySpectralNorm,
  type SingularVectors,
  startSingularVectors,
  updatesStatistics,
} from './spectral-norm.ts'

export interface SpectralNormalizationOptions extends LayerOptions {
  /** Seed of the first u. Default 0. */
  readonly seed?: number
  /** u is drawn for the purpose `purpose/u`. Default: `name`. */
  readonly purpose?: string
}

/**
 * Spectral normalization (Miyato et al. 2018, arXiv 1802.05957) of a conv2d, conv2dTranspose or dense layer: the
 * kernel is divided by its largest singular value, which makes the layer's linear map, taken as a matrix, 1-Lipschitz. The
 * layer is otherwise unchanged. Equal to torch.nn.utils.parametrizations.spectral_norm.
 *
 * The singular value is estimated by one step of the power iteration in each training pass, unless
 * `Forward.moveStatistics` is false; the vectors u and v are kept from pass to pass. In other passes, and when `trainable`
 * is false, u and v stay as they are, to the bit. They are constants to every gradient.
 *
 * The matrix has a row for each output channel, and a column for each input channel at each place of the window:
 * [out, in·kh·kw] in PyTorch, the columns in the order kh, kw, in here. It is the same for conv2dTranspose, PyTorch's
 * `dim=1`: a row is everything that one output channel gathers, in both kinds of convolution. Weights and vectors of the
 * two libraries can be exchanged.
 *
 * It takes the wrapped layer's name, so that the weights keep their names: `name/kernel`, `name/bias`, and the untrained
 * `name/u` [out] and `name/v` [kh·kw·in]. The undivided kernel is trained and saved. A kernel of zeros
 * gives NaN, as in PyTorch.
 *
 * @param layer that isn't built yet and has no other use
 * @throws GankitError for another layer, one that is built, or a seed out of range
 */
export function spectralNormalization(
  layer: tf.layers.Layer,
  options: SpectralNormalizationOptions = {},
): tf.layers.Layer {
  return new SpectralNormalization({ ...options, layer })
}

const wrappableLayers = ['Conv2D', 'Conv2DTranspose', 'Dense']

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
    if (!wrappableLayers.includes(layer.getClassName()) || layer.built)
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
    // The wrapped layer uses its kernel only through read(), which from now on returns the call's divided kernel.
    Object.assign(this.layer, { kernel: { read: () => this.divided } })
    const matrix = tf.tidy(() => this.toMatrix(this.kernel.read()))
    this.vectors = startSingularVectors(
      matrix,
      (name, shape, initializer) => this.addWeight(name, shape, 'float32', initializer, undefined, false),
      this.seeded,
    )
    matrix.dispose()
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[], pass: Forward): tf.Tensor {
    return tf.tidy(() => {
      const kernel = this.kernel.read()
      const updates = updatesStatistics(pass) && this.trainable
      this.divided = divideBySpectralNorm(kernel, this.toMatrix(kernel), this.vectors, updates)
      return this.layer.call(inputs, { ...pass }) as tf.Tensor
    })
  }

  /** The kernel as [rows, out]. */
  private toMatrix(kernel: tf.Tensor): tf.Tensor {
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
        `a saved spectralNormalization wraps a layer of class ${layer.className}, expected one of ${wrappableLayers.join(', ')}`,
      )
    return new cls({ ...own, layer: registered[1](registered[0], layer.config) })
  }
}

tf.serialization.registerClass(SpectralNormalization)
