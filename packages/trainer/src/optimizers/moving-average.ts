import { type NamedWeights, trainableWeights } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** A moving average of a network's weights, which makes steadier samples than the network itself. */
export interface ExponentialMovingAverage {
  /** The averages, under the names of the weights. They belong to the average. */
  readonly weights: NamedWeights
  /** Adds the weights as they are after `step` steps. */
  update(step: number): void
  /** Runs `use` while the network holds the averages, then gives it its own weights back. */
  withAveragedWeights<Result>(use: () => Result | Promise<Result>): Promise<Result>
  dispose(): void
}

/** Steps between two updates: an average over hundreds of steps needs no pass over the weights at each. */
const updateEvery = 5

/**
 * The exponential moving average of a network: w̄ ← d·w̄ + (1 − d)·w, where d is `decay` for each step, or less at
 * first, so that the random first weights are soon forgotten. What is not trained, the statistics of batch norm, is
 * the network's own.
 */
export function exponentialMovingAverage(model: tf.LayersModel, decay: number): ExponentialMovingAverage {
  const own = trainableWeights(model)
  const averages = new Map([...own].map(([name, weight]) => [name, tf.variable(weight, false)]))
  return {
    weights: averages,
    update(step) {
      if (step % updateEvery > 0) return
      const share = Math.max(1 - decay ** updateEvery, updateEvery / (step + updateEvery))
      tf.tidy(() => {
        for (const [name, average] of averages)
          average.assign(tf.add(average, tf.mul(tf.sub(own.get(name)!, average), share)))
      })
    },
    async withAveragedWeights(use) {
      const kept = new Map([...own].map(([name, weight]) => [name, tf.clone(weight)]))
      for (const [name, average] of averages) own.get(name)!.assign(average)
      try {
        return await use()
      } finally {
        for (const [name, tensor] of kept) {
          own.get(name)!.assign(tensor)
          tensor.dispose()
        }
      }
    },
    dispose() {
      for (const average of averages.values()) average.dispose()
    },
  }
}
