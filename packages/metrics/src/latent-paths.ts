/** A place on the line from a to b: a at 0, b at 1. */
export function lerp(a: Float32Array, b: Float32Array, place: number): Float64Array {
  return Float64Array.from(a, (value, i) => value + place * (b[i]! - value))
}

/**
 * A place on the great circle from a to b, around 0 (Shoemake 1985; for latents White 2016, arXiv 1609.04468):
 *
 *     (sin((1 − t)ω)·a + sin(tω)·b) / sin ω     ω the angle between them
 *
 * Normal latents lie near a sphere, and so do the places on this path, which those on a line don't.
 */
export function slerp(a: Float32Array, b: Float32Array, place: number): Float64Array {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)]
  const angle = Math.acos(Math.min(1, Math.max(-1, ab / Math.sqrt(aa * bb))))
  const sine = Math.sin(angle)
  // Along one direction, or through 0, there is no great circle.
  if (!(sine > 1e-8)) return lerp(a, b, place)
  const [ofA, ofB] = [Math.sin((1 - place) * angle) / sine, Math.sin(place * angle) / sine]
  return Float64Array.from(a, (value, i) => ofA * value + ofB * b[i]!)
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0)
}
