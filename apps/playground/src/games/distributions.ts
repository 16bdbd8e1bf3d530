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
