import type { Distribution } from '@gankit/core'
import {
  distribution,
  grid,
  mixture,
  normal,
  points,
  ring,
  spiral,
  twoMoons,
  uniform,
} from '@gankit/datasets'
import type { DataName, GameSettings, RangeName } from '../settings/game-settings.ts'
import { isLine } from '../settings/game-settings.ts'
import { affine } from './affine.ts'
import { lineDrawing, planeDrawing } from './drawing.ts'
import { unpackPoints } from './packed-points.ts'

/** Where samples lie when [−1, 1] is scaled to a range: x → scale·x + shift. */
const scales: Readonly<Record<RangeName, { readonly scale: number; readonly shift: number }>> = {
  tanh: { scale: 1, shift: 0 },
  unit: { scale: 0.5, shift: 0.5 },
  double: { scale: 2, shift: 0 },
  bytes: { scale: 127.5, shift: 127.5 },
}

/** Data that a game can be played on, and the range of its plot. */
export interface GameData {
  readonly distribution: Distribution
  /** [least, greatest] per dimension; holds the data and all that tanh reaches. */
  readonly extent: readonly (readonly [number, number])[]
}

/** @returns undefined where the data are to be drawn or read, and nothing was yet */
export function createData({ data, drawing, points, range }: GameSettings): GameData | undefined {
  const made = create(data, drawing, points)
  if (!made) return undefined
  const { scale, shift } = scales[range]
  const dimensions = isLine(data) ? 1 : 2
  const moved = Array<number>(dimensions).fill(shift)
  const reach = 1.15
  const extent = moved.map((): [number, number] => [
    Math.min(-reach, shift - reach * scale),
    Math.max(reach, shift + reach * scale),
  ])
  // Divergences are measured on what the plot shows, and all distributions are known there.
  const inPlot = distribution({ ...affine(made, scale, moved), dimensions, extent })
  return { distribution: inPlot, extent }
}

/** Points along a straight line, nearer to one another than their jitter: between them the density has no gaps. */
const segment = Array.from({ length: 61 }, (_, i): [number, number] => {
  const along = i / 30 - 1
  return [0.75 * along, 0.45 * along]
})

/** Equal discs of even density that don't touch: no way between them holds samples. */
function discs(centers: readonly (readonly [number, number])[], radius: number): Distribution {
  const area = centers.length * Math.PI * radius ** 2
  return distribution({
    name: 'discs',
    dimensions: 2,
    sample(random, count) {
      const [choices, turns, reaches] = Array.from({ length: 3 }, () => random.uniform(count, 0, 1))
      return Array.from({ length: count }, (_, i) => {
        const [x, y] = centers[Math.min(centers.length - 1, Math.floor(choices![i]! * centers.length))]!
        const [turn, reach] = [2 * Math.PI * turns![i]!, radius * Math.sqrt(reaches![i]!)]
        return [x + reach * Math.cos(turn), y + reach * Math.sin(turn)]
      }).flat()
    },
    density: places =>
      Float64Array.from({ length: places.length / 2 }, (_, i) =>
        centers.some(([x, y]) => Math.hypot(places[2 * i]! - x, places[2 * i + 1]! - y) <= radius)
          ? 1 / area
          : 0,
      ),
    modes: { centers, std: radius / 2 },
    extent: [
      [-1, 1],
      [-1, 1],
    ],
  })
}

function create(data: DataName, drawing: string, packed: string): Distribution | undefined {
  switch (data) {
    case 'normal':
      return normal({ mean: 0.2, std: 0.2 })
    case 'two-normals':
      return mixture({ components: [-0.5, 0.5].map(mean => ({ mean, std: 0.12 })) })
    case 'three-normals':
      return mixture({
        components: [
          { mean: -0.65, std: 0.08, weight: 2 },
          { mean: 0, std: 0.08, weight: 1 },
          { mean: 0.65, std: 0.08, weight: 3 },
        ],
      })
    case 'uniform':
      return uniform({ min: -0.7, max: 0.7 })
    case 'draw-line':
      return lineDrawing(drawing)
    case 'ring':
      return ring({ radius: 0.8, std: 0.03 })
    case 'grid':
      return grid({ side: 5, spacing: 0.4, std: 0.025 })
    case 'segment':
      return points(segment, { bandwidth: 0.04 })
    case 'two-blobs':
      return mixture({
        components: [
          { mean: [-0.45, -0.3], std: 0.15 },
          { mean: [0.45, 0.35], std: 0.15 },
        ],
      })
    case 'disjoint':
      return discs(
        [
          [-0.5, -0.45],
          [0.55, -0.3],
          [-0.05, 0.55],
        ],
        0.26,
      )
    case 'spiral':
      return affine(spiral({ noise: 0.06 }), 0.42, [0, 0])
    case 'two-moons':
      return affine(twoMoons({ noise: 0.06 }), 0.58, [-0.29, -0.145])
    case 'draw-plane':
      return planeDrawing(drawing)
    case 'file-line':
    case 'file-plane': {
      const dimensions = isLine(data) ? 1 : 2
      const values = unpackPoints(packed)
      const rows = Array.from({ length: Math.floor(values.length / dimensions) }, (_, i) =>
        values.slice(i * dimensions, (i + 1) * dimensions),
      )
      return rows.length > 0
        ? points(
            rows.map(row => [...row]),
            { bandwidth: 0.025 },
          )
        : undefined
    }
  }
}
