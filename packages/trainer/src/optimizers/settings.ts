import { GankitError } from '@gankit/core'
import { adam } from './adam.ts'
import { momentum } from './momentum.ts'
import type { Optimizer } from './optimizer.ts'
import { rmsprop } from './rmsprop.ts'
import { exponentialDecay, linear } from './schedule.ts'
import { sgd } from './sgd.ts'

/** An optimizer as plain data, as a run's configuration holds it. */
export type OptimizerSettings =
  | { readonly name: 'sgd'; readonly learningRate?: number }
  | {
      readonly name: 'momentum'
      readonly learningRate?: number
      /** Dividing the learning rate at every update, down to `floor`. */
      readonly decay?: { readonly factor: number; readonly floor: number }
      /** A constant, or a ramp over so many updates. */
      readonly momentum?: number | { readonly from: number; readonly to: number; readonly updates: number }
    }
  | { readonly name: 'rmsprop'; readonly learningRate?: number; readonly decay?: number }
  | {
      readonly name: 'adam'
      readonly learningRate?: number
      readonly beta1?: number
      readonly beta2?: number
    }

export const optimizerNames: readonly OptimizerSettings['name'][] = ['adam', 'momentum', 'rmsprop', 'sgd']

/** Makes the optimizer that the settings describe. @throws GankitError for an unknown name */
export function createOptimizer(settings: OptimizerSettings): Optimizer {
  switch (settings.name) {
    case 'sgd':
      return sgd(settings)
    case 'rmsprop':
      return rmsprop(settings)
    case 'adam':
      return adam(settings)
    case 'momentum': {
      const { learningRate = 0.1, decay, momentum: mu = 0.5 } = settings
      return momentum({
        learningRate: decay ? exponentialDecay(learningRate, decay.factor, decay.floor) : learningRate,
        momentum: typeof mu === 'number' ? mu : linear(mu.from, mu.to, mu.updates),
      })
    }
    default: {
      const { name } = settings as { name: unknown }
      throw new GankitError(
        'trainer',
        'option',
        `optimizer is '${name}', expected one of ${optimizerNames.join(', ')}`,
      )
    }
  }
}
