import { normalPrior, uniformPrior } from '@gankit/core'
import { mixture } from '@gankit/datasets'
import { latticeLatents } from '@gankit/visualization'
import { describe, expect, test } from 'vitest'
import { contourDensity, densityLevels } from '../src/games/contours.ts'
import { bentCells } from '../src/views/cells.ts'

describe('contours of the data’s density', () => {
  test('of a normal distribution are circles of radius σ·√(−2 ln(1 − share))', () => {
    const [std, center] = [0.25, [0.3, -0.2]] as const
    const { density } = mixture({ components: [{ mean: center, std }] })
    const extent = [
      [-1.2, 1.4],
      [-1.4, 1.2],
    ] as const
    const contours = contourDensity({ density: density!, extent })
    expect(contours.map(({ share }) => share)).toEqual([0.25, 0.5, 0.75, 0.95])
    for (const { share, lines } of contours) {
      expect(lines).toHaveLength(1)
      const radius = std * Math.sqrt(-2 * Math.log(1 - share))
      const line = lines[0]!
      for (let i = 0; i < line.length; i += 2)
        expect(Math.hypot(line[i]! - center[0], line[i + 1]! - center[1])).toBeCloseTo(radius, 2)
    }
  })

  test('are around each mode where modes lie apart', () => {
    const means = [
      [-0.6, 0],
      [0.6, 0],
      [0, 0.7],
    ]
    const { density } = mixture({ components: means.map(mean => ({ mean, std: 0.08 })) })
    const extent = [
      [-1, 1],
      [-1, 1],
    ] as const
    for (const { lines } of contourDensity({ density: density!, extent })) expect(lines).toHaveLength(3)
  })

  test('have levels above which the given shares lie', () => {
    expect(densityLevels([1, 4, 3, 2], [0.3, 0.4, 0.65, 1])).toEqual([4, 4, 3, 1])
  })
})

describe('the density of cells of the lattice', () => {
  /** A G that is affine: x = 0.2·z₁ + 0.1·z₂ + 1, y = −0.3·z₂. */
  const bend = (latents: Float32Array) =>
    latents.map((value, i) => (i % 2 === 0 ? 0.2 * value + 0.1 * latents[i + 1]! + 1 : -0.3 * value))
  const determinant = 0.2 * 0.3

  test('of an affine G of normal latents is the normal density divided by its determinant', () => {
    const latents = latticeLatents({ size: 2, prior: normalPrior() })
    const cells = bentCells(latents, bend(latents), 'normal')
    expect(cells).toHaveLength(14 * 14)
    for (const { outline, density } of cells) {
      // The middle of the corners, back through G.
      const [x, y] = [0, 1].map(axis => {
        const values = outline.filter((_, i) => i % 2 === axis)
        return (Math.max(...values) + Math.min(...values)) / 2
      }) as [number, number]
      const z2 = y / -0.3
      const z1 = (x - 1 - 0.1 * z2) / 0.2
      const exact = Math.exp(-(z1 * z1 + z2 * z2) / 2) / (2 * Math.PI) / determinant
      expect(density / exact).toBeGreaterThan(0.98)
      expect(density / exact).toBeLessThan(1.04)
    }
  })

  test('of uniform latents is the same in all cells, and sums to 1 over their areas', () => {
    const latents = latticeLatents({ size: 2, prior: uniformPrior(-1, 1) })
    for (const { density } of bentCells(latents, bend(latents), 'uniform'))
      expect(density).toBeCloseTo(1 / 4 / determinant, 4)
  })
})
