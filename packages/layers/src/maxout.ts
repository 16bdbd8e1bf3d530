import { checkInteger } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { glorotUniform, type Initializer } from './initializers.ts'
import { checkRows, type LayerOptions } from './options.ts'

export interface MaxoutOptions extends LayerOptions {
  /** Numbers in the output. */
  readonly units: number
  /** Linear functions under each unit, which takes their maximum. */
  readonly pieces: number
  /** Of the kernel [features, units·pieces]. Default: Glorot's uniform, seed 0, purpose `name/kernel`. */
  readonly kernelInitializer?: Initializer
  /** Of the bias [units·pieces]. Default zeros. */
  readonly biasInitializer?: Initializer
}

/**
 * Maxout (Goodfellow et al. 2013, arXiv 1302.4389): h_j(x) = max over k of (x·W_jk + b_jk). Column j·pieces + k of the
 * kernel is piece k of unit j. The first GAN's discriminator has two of these, 240 units of 5 pieces.
 *
 * Weights: `name/kernel`, `name/bias`. Their initializers aren't saved.
 *
 * [n, features] → [n, units]
 * @throws GankitError for `units` or `pieces` below 1 or not whole, or input of another rank
 */
export function maxout(options: MaxoutOptions): tf.layers.Layer {
  return new Maxout(options)
}

class Maxout extends tf.layers.Layer {
  static readonly className = '@gankit/layers>Maxout'
  private readonly units: number
  private readonly pieces: number
  private readonly kernelInitializer: Initializer
  private readonly biasInitializer: Initializer
  private kernel!: tf.LayerVariable
  private bias!: tf.LayerVariable

  constructor({ units, pieces, kernelInitializer, biasInitializer, ...layer }: MaxoutOptions) {
    super(layer)
    // The default name is made from the class name, whose '@' and '>' tfjs forbids in names.
    this.name = layer.name ?? `maxout_${this.id}`
    checkInteger('layers', 'maxout units', units, 1)
    checkInteger('layers', 'maxout pieces', pieces, 1)
    this.units = units
    this.pieces = pieces
    this.kernelInitializer = kernelInitializer ?? glorotUniform({ seed: 0, purpose: `${this.name}/kernel` })
    this.biasInitializer = biasInitializer ?? tf.initializers.zeros()
  }

  override build(inputShape: tf.Shape): void {
    const features = checkRows('maxout', inputShape)
    const columns = this.units * this.pieces
    this.kernel = this.addWeight('kernel', [features, columns], 'float32', this.kernelInitializer)
    this.bias = this.addWeight('bias', [columns], 'float32', this.biasInitializer)
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    return tf.tidy(() => {
      const pieces = tf.matMul(input, this.kernel.read()).add(this.bias.read())
      return pieces.reshape([-1, this.units, this.pieces]).max(2)
    })
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [inputShape[0]!, this.units]
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), units: this.units, pieces: this.pieces }
  }
}

tf.serialization.registerClass(Maxout)
