import { checkSeed, type Forward, type RandomStream, randomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { LayerOptions } from './options.ts'

/**
 * A layer that disturbs its input in training alone. Its random numbers come from `Forward.random`, asked with the
 * layer's `name`, so that they are a function of the run's seed and step; without it from the layer's own `seed`, its name
 * and the number of the call.
 */
export abstract class RandomLayer extends tf.layers.Layer {
  private readonly seed: number
  private readonly purpose: string
  private calls = 0

  /** @param purpose what the layer's own random numbers are drawn for */
  constructor(layer: LayerOptions, seed: number, purpose: string) {
    super(layer)
    checkSeed(seed)
    this.seed = seed
    this.purpose = purpose
  }

  /** Whether training changes anything. */
  protected abstract disturbs(): boolean
  /** @returns a tensor of the input's shape */
  protected abstract disturb(input: tf.Tensor, random: RandomStream): tf.Tensor

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false, random }: Forward): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    if (!training || !this.disturbs()) return input
    return this.disturb(
      input,
      random?.(this.name) ?? randomStream(this.seed, `${this.purpose}/${this.name}`, this.calls++),
    )
  }
}
