import * as tf from '@tensorflow/tfjs'
import { type Initializer, normal } from './initializers.ts'
import { expectCount, expectOption, featuresOf, type LayerOptions } from './options.ts'

export interface RadialBasisOptions extends LayerOptions {
  /** How many centres there are. */
  readonly units: number
  /** Of the centres [features, units], a column each. Default: standard normal, seed 0, purpose `name/centers`. */
  readonly centersInitializer?: Initializer
  /** β of every unit at the start, above 0. Default 1 / (2·features), see below. */
  readonly beta?: number
}

/**
 * Gaussian radial basis functions (Broomhead and Lowe, Complex Systems 2, 1988): φ_j(x) = exp(−β_j·‖x − c_j‖²). The
 * centres c_j and the widths are trained; the width's weight is ln β_j, so that β stays positive.
 *
 * Two standard normal points of d features are 2·d apart, squared, with a spread of √(8·d). At β = 1/(2·d) a unit
 * so starts near e⁻¹ ≈ 0.37 whatever d is; at β = 0.5 and d = 100 it would be e⁻¹⁰⁰ and learn nothing.
 *
 * Weights: `name/centers`, `name/log_beta`. How they were first drawn isn't saved.
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
    // A name made from the class's would hold characters that tfjs forbids in names.
    this.name = layer.name ?? `radial_basis_${this.id}`
    expectCount('radialBasis units', units)
    expectOption(
      beta === undefined || (beta > 0 && Number.isFinite(beta)),
      'radialBasis beta',
      beta,
      'a number above 0',
    )
    this.units = units
    this.beta = beta
    this.centersInitializer =
      centersInitializer ?? normal({ std: 1, seed: 0, purpose: `${this.name}/centers` })
  }

  override build(inputShape: tf.Shape): void {
    const features = featuresOf('radialBasis', inputShape)
    const value = Math.log(this.beta ?? 1 / (2 * features))
    this.centers = this.addWeight('centers', [features, this.units], 'float32', this.centersInitializer)
    this.logBeta = this.addWeight('log_beta', [this.units], 'float32', tf.initializers.constant({ value }))
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    return tf.tidy(() => {
      const centers = this.centers.read()
      const lengths = input.square().sum(1, true).add(centers.square().sum(0)) // [n, units]
      // Rounding can take ‖x‖² + ‖c‖² − 2·x·c below zero; a distance is never.
      const distances = lengths.sub(tf.matMul(input, centers).mul(2)).relu()
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
 * eˣ with a gradient that can be differentiated again: tf.exp's second-order gradient is silently wrong. It is made
 * call by call: one made when this module loads would be unknown to a tape that is mended later.
 */
function exponential(x: tf.Tensor): tf.Tensor {
  const apply = tf.customGrad((x, save) => {
    ;(save as tf.GradSaveFunc)([x as tf.Tensor])
    return { value: tf.exp(x as tf.Tensor), gradFunc: (dy, [x]) => dy.mul(exponential(x!)) }
  })
  return apply(x)
}
