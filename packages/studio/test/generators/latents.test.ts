import { type Latent, normalPrior, randomStream, uniformPrior } from '@gankit/core'
import { latentPath } from '@gankit/inference'
import { describe, expect, it } from 'vitest'
import {
  blendCorners,
  type Corners,
  measurePrior,
  moveAlong,
  readAlong,
  varyNoise,
  walkCorners,
} from '../../src/generators/latents.ts'

const size = 64
const normal: Latent = { size, prior: { name: 'normal', mean: 0.5, std: 2 } }
const uniform: Latent = { size, prior: uniformPrior(-1, 3) }
const draw = (latent: Latent, seed: number) => {
  const stream = randomStream(seed, 'test/noise')
  const { prior } = latent
  return prior.name === 'normal'
    ? stream.normal(size, prior.mean, prior.std)
    : stream.uniform(size, prior.min, prior.max)
}
const cornersOf = (latent: Latent) =>
  [1, 2, 3, 4].map(seed => ({
    noise: draw(latent, seed),
    condition: Float32Array.from({ length: 4 }, (_, i) => Number(i === seed - 1)),
  })) as unknown as Corners
const near = (numbers: Float32Array, others: ArrayLike<number>) =>
  expect(Math.max(...numbers.map((value, i) => Math.abs(value - others[i]!)))).toBeLessThan(1e-4)

describe.each([
  ['normal', normal],
  ['uniform', uniform],
] as const)('between four latents of a %s prior', (_, latent) => {
  const corners = cornersOf(latent)

  it('the corners are the four, with their conditions', () => {
    for (const [i, corner] of corners.entries()) {
      const blended = blendCorners(latent, corners, [i % 2, Math.floor(i / 2)])
      near(blended.noise, corner.noise)
      near(blended.condition, corner.condition)
    }
  })

  it('a side is the path of gankit walk, and conditions are shares', () => {
    const { noise, condition } = blendCorners(latent, corners, [0.25, 0])
    near(noise, latentPath(latent)(corners[0].noise, corners[1].noise, 0.25))
    near(condition, [0.75, 0.25, 0, 0])
    near(blendCorners(latent, corners, [0.5, 0.5]).condition, [0.25, 0.25, 0.25, 0.25])
  })

  it('a walk goes clockwise through the corners, and ends a frame before its first', () => {
    const walk = walkCorners(latent, corners, 3)
    expect(walk).toHaveLength(12)
    for (const [frame, corner] of [
      [0, 0],
      [3, 1],
      [6, 3],
      [9, 2],
    ] as const)
      near(walk[frame]!.noise, corners[corner].noise)
  })
})

describe('varyNoise', () => {
  it('is the noise at 0 and fresh noise at 1', () => {
    for (const latent of [normal, uniform]) {
      const [noise, fresh] = [draw(latent, 1), draw(latent, 2)]
      near(varyNoise(latent, noise, fresh, 0), noise)
      near(varyNoise(latent, noise, fresh, 1), fresh)
    }
  })

  it('keeps mean and deviation of a normal prior at any distance', () => {
    const many = 20_000
    const [noise, fresh] = [1, 2].map(seed => randomStream(seed, 'test/many').normal(many, 0.5, 2))
    const varied = varyNoise({ ...normal, size: many }, noise!, fresh!, 0.6)
    const mean = varied.reduce((sum, value) => sum + value, 0) / many
    const variance = varied.reduce((sum, value) => sum + (value - mean) ** 2, 0) / many
    // Four standard errors.
    expect(Math.abs(mean - 0.5)).toBeLessThan((4 * 2) / Math.sqrt(many))
    expect(Math.abs(variance - 4)).toBeLessThan(4 * 4 * Math.sqrt(2 / many))
  })
})

describe('directions', () => {
  const direction = new Float32Array(size).fill(1 / Math.sqrt(size))

  it('are read and moved along in standard deviations; across them nothing moves', () => {
    const latent: Latent = { size, prior: normalPrior() }
    const noise = draw(latent, 5)
    const moved = moveAlong(latent, noise, direction, 2.5)
    expect(readAlong(latent, moved, direction)).toBeCloseTo(2.5, 4)
    const across = new Float32Array(size)
    across.set([Math.SQRT1_2, -Math.SQRT1_2])
    expect(readAlong(latent, moved, across)).toBeCloseTo(readAlong(latent, noise, across), 5)
  })

  it('never leave a uniform prior, whose measure is its standard deviation', () => {
    expect(measurePrior(uniform)).toEqual({ center: 1, unit: 4 / Math.sqrt(12) })
    const moved = moveAlong(uniform, draw(uniform, 6), direction, 40)
    expect([...moved].every(value => value >= -1 && value <= 3)).toBe(true)
  })
})
