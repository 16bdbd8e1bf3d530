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

/** Runs a network on its input, or on several in the order of its inputs. @returns its output, which the caller owns */
export function forward(
  model: tf.LayersModel,
  input: tf.Tensor | readonly tf.Tensor[],
  how: Forward = {},
): tf.Tensor {
  const inputs = isList(input) && input.length === 1 ? input[0]! : input
  return model.apply(inputs as tf.Tensor | tf.Tensor[], { ...how }) as tf.Tensor
}

function isList(input: tf.Tensor | readonly tf.Tensor[]): input is readonly tf.Tensor[] {
  return Array.isArray(input)
}
