import { type Latent, latentNumbers, type RandomStream } from '@gankit/core'
import { placesOnLine } from './densities.ts'

/** Lines of the lattice of z, and points along each. */
export const latticeLines = 15
export const latticePoints = 43

/** Lines from z to x in the figure of a game on the line. */
const mapLines = 41

/** The range of a latent number that holds nearly all of its prior, and its middle. */
function latentRange({ prior }: Latent): { min: number; max: number; middle: number } {
  if (prior.name === 'uniform') return { min: prior.min, max: prior.max, middle: (prior.min + prior.max) / 2 }
  return { min: prior.mean - 2.2 * prior.std, max: prior.mean + 2.2 * prior.std, middle: prior.mean }
}

/**
 * Latents of which a density is to be estimated, [count, size]. Of one number they are quantiles of many draws, in order, so that the
 * density has no noise of chance.
 */
export function densityLatents(latent: Latent, count: number, random: RandomStream): Float32Array {
  if (latent.size > 1) return latentNumbers(latent, count, random)
  const draws = latentNumbers(latent, 100 * count, random).sort()
  return Float32Array.from({ length: count }, (_, i) => draws[100 * i + 50]!)
}

/**
 * Latents to draw lines from, [n, size], in the order of their first number: in equal strides; of several numbers, the first of
 * those that were drawn.
 */
export function mapLatents(latent: Latent, drawn: Float32Array): Float32Array {
  const { size } = latent
  if (size === 1) {
    const { min, max } = latentRange(latent)
    return placesOnLine([min, max], mapLines)
  }
  const rows = Array.from({ length: mapLines }, (_, i) => [...drawn.slice(i * size, (i + 1) * size)])
  return Float32Array.from(rows.sort((a, b) => a[0]! - b[0]!).flat())
}

/**
 * Lines of latents along which one of the first two numbers is held, [lines, points, size]; the numbers behind stay in the middle.
 * A latent of one number is one line.
 */
export function latticeLatents(latent: Latent): Float32Array {
  const { min, max, middle } = latentRange(latent)
  const place = (i: number, count: number) => min + ((max - min) * i) / (count - 1)
  const axes = latent.size === 1 ? [0] : [0, 1]
  const rows = axes.flatMap(axis =>
    Array.from({ length: latent.size === 1 ? 1 : latticeLines }, (_, line) =>
      Array.from({ length: latticePoints }, (_, point) => {
        const row = Array<number>(latent.size).fill(middle)
        row[axis] = place(point, latticePoints)
        if (latent.size > 1) row[1 - axis] = place(line, latticeLines)
        return row
      }),
    ).flat(),
  )
  return Float32Array.from(rows.flat())
}
