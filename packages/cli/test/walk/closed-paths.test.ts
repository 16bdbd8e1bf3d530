import { normalPrior, uniformPrior } from '@gankit/core'
import { drawLatents } from '@gankit/trainer'
import { expect, test } from 'vitest'
import { frameOfWalk } from '../../src/walk/closed-paths.ts'

const normal = { size: 16, prior: normalPrior() }
const uniform = { size: 16, prior: uniformPrior(-1, 1) }

test('a normal prior has great circles: angle by angle, as two axes give them', () => {
  const shape = { count: 2, stops: 3, frames: 5 }
  const latents = drawLatents(normal, 6, 3)
  const rowOf = (values: Float32Array, row: number) => [...values.subarray(row * 16, (row + 1) * 16)]
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
  for (let frame = 0; frame < 15; frame++)
    for (const path of [0, 1]) {
      const stop = Math.floor(frame / 5)
      const [a, b] = [stop, (stop + 1) % 3].map(stop => rowOf(latents, 2 * stop + path)) as [
        number[],
        number[],
      ]
      // Axes of the plane through a, b and 0, and b's angle in it.
      const [radiusA, radiusB] = [Math.hypot(...a), Math.hypot(...b)]
      const first = a.map(value => value / radiusA)
      const rest = b.map((value, i) => value - dot(b, first) * first[i]!)
      const second = rest.map(value => value / Math.hypot(...rest))
      const angle = Math.atan2(dot(b, second), dot(b, first))
      const [t, place] = [(frame % 5) / 5, rowOf(frameOfWalk(normal, latents, shape, frame), path)]
      expect(dot(place, second)).toBeCloseTo(radiusB * Math.sin(t * angle), 5)
      const along = radiusA * Math.sin((1 - t) * angle) + radiusB * Math.sin(t * angle) * Math.cos(angle)
      expect(dot(place, first)).toBeCloseTo(along / Math.sin(angle), 5)
      expect(Math.hypot(dot(place, first), dot(place, second))).toBeCloseTo(Math.hypot(...place), 5)
    }
})

test('paths are closed: from the last frame to the first it is a step like the others', () => {
  const shape = { count: 3, stops: 4, frames: 6 }
  const latents = drawLatents(uniform, 12, 1)
  const at = (frame: number) => frameOfWalk(uniform, latents, shape, frame)
  expect(at(24)).toEqual(at(0))
  const step = (frame: number) => at(frame + 1).map((value, i) => value - at(frame)[i]!)
  for (const [i, value] of step(23).entries()) expect(value).toBeCloseTo(step(22)[i]!, 6)
})
