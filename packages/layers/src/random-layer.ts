import { checkSeed, type Forward, type RandomStream, randomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { LayerOptions } from './options.ts'

/**
 * A layer that transforms its input at random in training, and leaves it as it is in inference. The random numbers come
 * from `Forward.random` with the layer's `name` as purpose, a function of the run's seed and step. Without `random` they
 * come from the layer's own `seed`, its name and the number of the call.
 */
export abstract class RandomLayer extends tf.layers.Layer {
  private readonly seed: number
  private readonly purpose: string
  private calls = 0

  /** @param purpose of the layer's own random numbers, before its name */
  constructor(layer: LayerOptions, seed: number, purpose: string) {
    super(layer)
    checkSeed(seed)
    this.seed = seed
    this.purpose = purpose
  }

  /** Whether `transform` changes its input at all. */
  protected abstract changesInput(): boolean
  /** @returns a tensor of the input's shape */
  protected abstract transform(input: tf.Tensor, random: RandomStream): tf.Tensor

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false, random }: Forward): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    if (!training || !this.changesInput()) return input
    return this.transform(
      input,
      random?.(this.name) ?? randomStream(this.seed, `${this.purpose}/${this.name}`, this.calls++),
    )
  }
}
