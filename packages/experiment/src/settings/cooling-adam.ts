import type { OptimizerSettings } from '@gankit/trainer/optimizers'

export interface CoolingAdamOptions {
  readonly beta1: number
  /** Default: that of Adam. */
  readonly beta2?: number
  /** By what the rate is divided in the end. Default 50. */
  readonly fall?: number
}

/** For a preset: Adam whose rate falls along half a cosine, from `from` to a share of it after `updates`. */
export function coolingAdam(
  from: number,
  updates: number,
  { beta1, beta2, fall = 50 }: CoolingAdamOptions,
): OptimizerSettings {
  return {
    name: 'adam',
    learningRate: { name: 'cosine', from, to: from / fall, updates },
    beta1,
    ...(beta2 !== undefined && { beta2 }),
  }
}
