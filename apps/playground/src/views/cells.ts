import { latticePoints } from '@gankit/visualization'
import type { PriorName } from '../settings/game-settings.ts'

/** A cell of the lattice of z as G bends it, and the density of fakes in it. */
export interface BentCell {
  /** Its outline, x and y in turn. */
  readonly outline: readonly number[]
  readonly density: number
}

/**
 * Cells between lines of a bent lattice of two latents. A cell's density is the share of latents in it, by the prior, divided
 * by the area it is bent to; where cells lie on one another, the fakes' density is their sum.
 * @param latents lines of z as `latticeLatents` gives them, [lines, points, 2]
 * @param images what G makes of them
 */
export function bentCells(latents: Float32Array, images: Float32Array, prior: PriorName): BentCell[] {
  const lines = latents.length / (4 * latticePoints)
  const stride = (latticePoints - 1) / (lines - 1)
  const at = (values: Float32Array, line: number, point: number) => {
    const index = 2 * (line * latticePoints + point)
    return [values[index]!, values[index + 1]!] as const
  }
  const count = lines - 1
  // The first lines run along the first latent number, the others along the second.
  const along = (line: number, from: number) =>
    Array.from({ length: stride }, (_, i) => at(images, line, stride * from + i))
  const back = (line: number, to: number) =>
    Array.from({ length: stride }, (_, i) => at(images, line, stride * (to + 1) - i))
  return Array.from({ length: count * count }, (_, index) => {
    const [a, b] = [index % count, Math.floor(index / count)]
    const corners = [at(latents, b, stride * a), at(latents, b + 1, stride * (a + 1))] as const
    const outline = [...along(b, a), ...along(lines + a + 1, b), ...back(b + 1, a), ...back(lines + a, b)]
    return { outline: outline.flat(), density: massOf(corners, prior, count) / areaOf(outline) }
  })
}

/** The share of latents between two corners. */
function massOf(
  [[left, low], [right, high]]: readonly [readonly [number, number], readonly [number, number]],
  prior: PriorName,
  count: number,
): number {
  if (prior !== 'normal') return 1 / count ** 2
  const share = (from: number, to: number) => (to - from) * simpson(normalDensity, from, to)
  return share(left, right) * share(low, high)
}

const normalDensity = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

/** The mean of a smooth function between two places, by Simpson's rule. */
function simpson(of: (at: number) => number, from: number, to: number): number {
  return (of(from) + 4 * of((from + to) / 2) + of(to)) / 6
}

function areaOf(outline: readonly (readonly [number, number])[]): number {
  let twice = 0
  for (const [i, [x, y]] of outline.entries()) {
    const [nextX, nextY] = outline[(i + 1) % outline.length]!
    twice += x * nextY - nextX * y
  }
  return Math.abs(twice) / 2
}
