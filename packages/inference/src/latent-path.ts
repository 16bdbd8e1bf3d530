import type { Latent } from '@gankit/core'

type Numbers = Float32Array | Float64Array

/** The latent at a place, from 0 to 1, on the path from a to b: a at 0, b at 1; each has latent.size numbers. */
export type LatentPath = (a: Float32Array, b: Float32Array, place: number) => Float64Array

/**
 * The path between two latents along which latents stay as likely as those that the prior draws: a great circle around
 * the mean for a normal prior, the line between them for a uniform one.
 */
export function latentPath({ prior }: Latent): LatentPath {
  if (prior.name === 'uniform') return lerp
  const { mean } = prior
  if (mean === 0) return slerp
  const centered = (latent: Float32Array) => Float64Array.from(latent, value => value - mean)
  return (a, b, place) => slerp(centered(a), centered(b), place).map(value => value + mean)
}

/** A place on the line from a to b: a at 0, b at 1. */
export function lerp(a: Numbers, b: Numbers, place: number): Float64Array {
  return Float64Array.from(a, (value, i) => value + place * (b[i]! - value))
}

/**
 * A place on the great circle from a to b, around 0 (Shoemake 1985; for latents White 2016, arXiv 1609.04468):
 *
 *     (sin((1 − t)ω)·a + sin(tω)·b) / sin ω     ω the angle between them
 *
 * Normal latents lie near a sphere, and so do the places on this path, which those on a line don't. Between two
 * lengths the place's length goes from one to the other. Where a and b lie along one line through 0, it is that line.
 */
export function slerp(a: Numbers, b: Numbers, place: number): Float64Array {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)]
  const angle = Math.acos(Math.min(1, Math.max(-1, ab / Math.sqrt(aa * bb))))
  const sine = Math.sin(angle)
  // Along one direction, or through 0, there is no great circle.
  if (!(sine > 1e-8)) return lerp(a, b, place)
  const [shareA, shareB] = [Math.sin((1 - place) * angle) / sine, Math.sin(place * angle) / sine]
  return Float64Array.from(a, (value, i) => shareA * value + shareB * b[i]!)
}

function dot(a: Numbers, b: Numbers): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
