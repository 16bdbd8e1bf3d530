import type { Latent } from '@gankit/core'
import { blend } from '@gankit/inference/page/blend.js'
import type { Input } from './protocol.ts'

/** Four inputs at the corners of a square: top left, top right, bottom left, bottom right. */
export type Corners = readonly [Input, Input, Input, Input]

/** A place in the square: 0, 0 is top left and 1, 1 bottom right. */
export type Point = readonly [x: number, y: number]

/** Numbers of either prior in one measure: where it is centered, and how far from there it reaches. */
export function measurePrior({ prior }: Latent): { readonly center: number; readonly unit: number } {
  return prior.name === 'normal'
    ? { center: prior.mean, unit: prior.std }
    : { center: (prior.min + prior.max) / 2, unit: (prior.max - prior.min) / Math.sqrt(12) }
}

/** The input at a place between four, by blends along the top, along the bottom, and from one to the other. */
export function blendCorners(latent: Latent, [a, b, c, d]: Corners, [x, y]: Point): Input {
  return blend(latent as never, blend(latent as never, a, b, x), blend(latent as never, c, d, x), y) as Input
}

/** Inputs of a walk around the square, from the top left clockwise and back, so many frames a side. */
export function walkCorners(latent: Latent, [a, b, c, d]: Corners, frames: number): Input[] {
  const around = [a, b, d, c, a]
  return around
    .slice(0, -1)
    .flatMap((from, side) =>
      Array.from(
        { length: frames },
        (_, i) => blend(latent as never, from, around[side + 1]!, i / frames) as Input,
      ),
    )
}

/**
 * Noise at a distance from some: 0 is that noise itself, 1 a fresh one. Noise of a normal prior stays as likely as any: shares
 * √(1 − d²) and d of two normal numbers have the same distribution as each.
 */
export function varyNoise(
  latent: Latent,
  noise: Float32Array,
  fresh: Float32Array,
  distance: number,
): Float32Array {
  const { center } = measurePrior(latent)
  const kept = latent.prior.name === 'normal' ? Math.sqrt(1 - distance ** 2) : 1 - distance
  return noise.map((value, i) => center + kept * (value - center) + distance * (fresh[i]! - center))
}

/** How far noise lies along a direction of length 1, in units of the prior. */
export function readAlong(latent: Latent, noise: Float32Array, direction: Float32Array): number {
  const { center, unit } = measurePrior(latent)
  return noise.reduce((sum, value, i) => sum + (value - center) * direction[i]!, 0) / unit
}

/** Noise moved along a direction of length 1 until it lies so far along it; in other directions it stays. */
export function moveAlong(
  latent: Latent,
  noise: Float32Array,
  direction: Float32Array,
  value: number,
): Float32Array {
  const { unit } = measurePrior(latent)
  const way = (value - readAlong(latent, noise, direction)) * unit
  const moved = noise.map((number, i) => number + way * direction[i]!)
  const { prior } = latent
  // A generator has never seen numbers beyond a uniform prior.
  return prior.name === 'uniform'
    ? moved.map(number => Math.min(prior.max, Math.max(prior.min, number)))
    : moved
}
