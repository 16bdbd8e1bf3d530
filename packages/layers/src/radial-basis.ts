import { checkInteger, checkPositive } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type Initializer, normal } from './initializers.ts'
import { checkRows, type LayerOptions } from './options.ts'

export interface RadialBasisOptions extends LayerOptions {
  /** The number of centers. */
  readonly units: number
  /** Of the centers [features, units], one in each column. Default: standard normal, seed 0, purpose `name/centers`. */
  readonly centersInitializer?: Initializer
  /** β of every unit at the start, above 0. Default 1 / (2·features), see below. */
  readonly beta?: number
}

/**
 * Gaussian radial basis functions (Broomhead and Lowe, Complex Systems 2, 1988): φ_j(x) = exp(−β_j·‖x − c_j‖²). The
 * centers c_j and the widths are trained; the width's weight is ln β_j, so that β stays positive.
 *
 * The squared distance of two standard normal points of d features is 2·d on average, with a standard deviation of
 * √(8·d). So at β = 1/(2·d) a unit starts near e⁻¹ ≈ 0.37 for any d; at β = 0.5 and d = 100 it would start at e⁻¹⁰⁰ and
 * learn nothing.
 *
 * Weights: `name/centers`, `name/log_beta`. Their initializers aren't saved.
 *
 * [n, features] → [n, units], in (0, 1]
 * @throws GankitError for `units` or `beta` out of range, or input of another rank
 */
export function radialBasis(options: RadialBasisOptions): tf.layers.Layer {
  return new RadialBasis(options)
}

class RadialBasis extends tf.layers.Layer {
  static readonly className = '@gankit/layers>RadialBasis'
  private readonly units: number
  private readonly beta: number | undefined
  private readonly centersInitializer: Initializer
  private centers!: tf.LayerVariable
  private logBeta!: tf.LayerVariable

  constructor({ units, centersInitializer, beta, ...layer }: RadialBasisOptions) {
    super(layer)
    // The default name is made from the class name, whose '@' and '>' tfjs forbids in names.
    this.name = layer.name ?? `radial_basis_${this.id}`
    checkInteger('layers', 'radialBasis units', units, 1)
    if (beta !== undefined) checkPositive('layers', 'radialBasis beta', beta)
    this.units = units
    this.beta = beta
    this.centersInitializer =
      centersInitializer ?? normal({ std: 1, seed: 0, purpose: `${this.name}/centers` })
  }

  override build(inputShape: tf.Shape): void {
    const features = checkRows('radialBasis', inputShape)
    const value = Math.log(this.beta ?? 1 / (2 * features))
    this.centers = this.addWeight('centers', [features, this.units], 'float32', this.centersInitializer)
    this.logBeta = this.addWeight('log_beta', [this.units], 'float32', tf.initializers.constant({ value }))
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    return tf.tidy(() => {
      const centers = this.centers.read()
      const squares = input.square().sum(1, true).add(centers.square().sum(0)) // [n, units]
      // By rounding, ‖x‖² + ‖c‖² − 2·x·c can come out below zero, which no squared distance is.
      const distances = squares.sub(tf.matMul(input, centers).mul(2)).relu()
      return exponential(distances.mul(exponential(this.logBeta.read())).neg())
    })
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [inputShape[0]!, this.units]
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), units: this.units }
  }
}

tf.serialization.registerClass(RadialBasis)

/**
 * eˣ with a right second-order gradient: that of tf.exp is silently wrong. Each call makes the custom gradient anew, since
 * the tape may be patched after this module has loaded.
 */
function exponential(x: tf.Tensor): tf.Tensor {
  const apply = tf.customGrad((x, save) => {
    ;(save as tf.GradSaveFunc)([x as tf.Tensor])
    return { value: tf.exp(x as tf.Tensor), gradFunc: (dy, [x]) => dy.mul(exponential(x!)) }
  })
  return apply(x)
}
