import type * as tf from '@tensorflow/tfjs'
import type { RandomStream } from './random.ts'

/** How a network is run; handed as it is to the `call` of every layer. */
export interface Forward {
  /** Batch statistics and dropout as in training. Default false. */
  readonly training?: boolean
  /** Whether the running statistics of batch norm move. Default: as `training`. */
  readonly moveStatistics?: boolean
  /** Where layers that draw random numbers get them; asked with the layer's name. */
  readonly random?: (purpose: string) => RandomStream
}

/** Runs a network on one input. @returns its output, which the caller owns */
export function forward(model: tf.LayersModel, input: tf.Tensor, how: Forward = {}): tf.Tensor {
  return model.apply(input, { ...how }) as tf.Tensor
}
