import { type Latent, latentPath } from '@gankit/core'

export interface Walk {
  /** Paths. */
  readonly count: number
  /** Latents that each path goes through. */
  readonly stops: number
  /** Places from one stop to the next, the first of them the stop itself. */
  readonly frames: number
}

/**
 * The latents of one frame of a walk along closed paths: frame 0 is at the first stops, frame stops · frames would be
 * there again. Stop s of path i is latent s · count + i, so that the first stops are the first samples of a seed.
 * @param latents of all stops, [stops · count, latent.size]
 * @returns [count, latent.size]
 */
export function frameOfWalk(
  latent: Latent,
  latents: Float32Array,
  { count, stops, frames }: Walk,
  frame: number,
): Float32Array {
  const { size } = latent
  const path = latentPath(latent)
  const stop = Math.floor(frame / frames)
  const at = (stop: number, i: number) => {
    const row = (stop % stops) * count + i
    return latents.subarray(row * size, (row + 1) * size)
  }
  const places = new Float32Array(count * size)
  for (let i = 0; i < count; i++)
    places.set(path(at(stop, i), at(stop + 1, i), (frame % frames) / frames), i * size)
  return places
}
