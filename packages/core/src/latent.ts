import * as tf from '@tensorflow/tfjs'
import { type Condition, conditionSize, drawCondition } from './condition.ts'
import { GankitError } from './errors.ts'
import type { RandomStream } from './random.ts'

/** The distribution of a latent number; plain data, so that a run and a saved model can name it. */
export type Prior =
  | { readonly name: 'normal'; readonly mean: number; readonly std: number }
  | { readonly name: 'uniform'; readonly min: number; readonly max: number }

/**
 * What a generator starts from: independent numbers of one prior, and behind them, for each condition, one number a
 * value, of which the one that is asked for is 1 and the others are 0.
 */
export interface Latent {
  /** All of these numbers together. */
  readonly size: number
  readonly prior: Prior
  /** Default: none, all of it is noise. */
  readonly conditions?: readonly Condition[]
}

/** A latent of so many numbers of noise, and of what is to be asked for. */
export function latentWith(noise: number, prior: Prior, conditions: readonly Condition[] = []): Latent {
  if (conditions.length === 0) return { size: noise, prior }
  return { size: noise + conditionSize({ conditions }), prior, conditions }
}

/** Normal noise, standard unless told otherwise. */
export function normalPrior(mean = 0, std = 1): Prior {
  return { name: 'normal', mean, std }
}

/** Uniform noise, on [0, 1) unless told otherwise. */
export function uniformPrior(min = 0, max = 1): Prior {
  return { name: 'uniform', min, max }
}

/** Draws `count` latents. The caller owns the tensor. @returns [count, latent.size] */
export function sampleLatent(latent: Latent, count: number, random: RandomStream): tf.Tensor2D {
  return tf.tensor2d(latentNumbers(latent, count, random), [count, latent.size])
}

/** Draws `count` latents as plain numbers, those of `sampleLatent`. @returns [count, latent.size], row-major */
export function latentNumbers(latent: Latent, count: number, random: RandomStream): Float32Array {
  const { size, prior, conditions = [] } = latent
  if (conditions.length === 0) return noise(prior, count * size, random)
  const latents = new Float32Array(count * size)
  // One after another, so that the first ones are the same, whatever the count.
  for (let at = 0; at < latents.length; at += size) {
    latents.set(noise(prior, size - conditionSize(latent), random), at)
    latents.set(drawCondition(conditions, random), at + size - conditionSize(latent))
  }
  return latents
}

function noise(prior: Prior, count: number, random: RandomStream): Float32Array {
  switch (prior.name) {
    case 'normal':
      return random.normal(count, prior.mean, prior.std)
    case 'uniform':
      return random.uniform(count, prior.min, prior.max)
    default: {
      const { name } = prior as { name: unknown }
      throw new GankitError('core', 'option', `latent prior is ${name}, expected 'normal' or 'uniform'`)
    }
  }
}
