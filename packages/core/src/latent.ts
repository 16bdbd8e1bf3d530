import * as tf from '@tensorflow/tfjs'
import { GankitError } from './errors.ts'
import type { RandomStream } from './random.ts'

/** The distribution of a latent number; plain data, so that a run and a saved model can name it. */
export type Prior =
  | { readonly name: 'normal'; readonly mean: number; readonly std: number }
  | { readonly name: 'uniform'; readonly min: number; readonly max: number }

/** Noise that a generator starts from: `size` independent numbers of one prior. */
export interface Latent {
  readonly size: number
  readonly prior: Prior
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
export function latentNumbers({ size, prior }: Latent, count: number, random: RandomStream): Float32Array {
  switch (prior.name) {
    case 'normal':
      return random.normal(count * size, prior.mean, prior.std)
    case 'uniform':
      return random.uniform(count * size, prior.min, prior.max)
    default: {
      const { name } = prior as { name: unknown }
      throw new GankitError('core', 'option', `latent prior is ${name}, expected 'normal' or 'uniform'`)
    }
  }
}
