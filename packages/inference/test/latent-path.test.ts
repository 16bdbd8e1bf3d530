import { latentNumbers, normalPrior, randomStream, uniformPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { latentPath, lerp, slerp } from '../src/index.ts'

const [a, b] = [Float32Array.of(3, 0), Float32Array.of(0, 3)]
const length = (values: Iterable<number>) => Math.hypot(...values)

test('paths start at one latent and end at the other', () => {
  for (const path of [lerp, slerp]) {
    expect([...path(a, b, 0)]).toEqual([3, 0])
    expect(path(a, b, 1)[1]).toBeCloseTo(3, 12)
  }
  expect([...lerp(a, b, 0.5)]).toEqual([1.5, 1.5])
  expect(slerp(a, b, 0.5)[0]).toBeCloseTo(3 * Math.SQRT1_2, 12)
  expect([...slerp(a, a, 0.5)]).toEqual([3, 0])
})

test('on a great circle the angle grows evenly and the length stays', () => {
  for (const angle of [0.1, 1, 2, 3])
    for (const place of [0.2, 0.5, 0.9]) {
      const [x, y] = slerp(
        Float64Array.of(2, 0),
        Float64Array.of(2 * Math.cos(angle), 2 * Math.sin(angle)),
        place,
      )
      expect(x).toBeCloseTo(2 * Math.cos(place * angle), 9)
      expect(y).toBeCloseTo(2 * Math.sin(place * angle), 9)
    }
})

test('between two lengths at a right angle: an ellipse', () => {
  for (const place of [0, 0.25, 0.5, 1]) {
    const [x, y] = slerp(Float32Array.of(1, 0), Float32Array.of(0, 4), place)
    expect(x).toBeCloseTo(Math.cos((place * Math.PI) / 2), 12)
    expect(y).toBeCloseTo(4 * Math.sin((place * Math.PI) / 2), 12)
  }
})

test('opposite latents, and one at 0, are joined by a line', () => {
  expect([...slerp(a, Float32Array.of(-3, 0), 0.5)]).toEqual([0, 0])
  expect([...slerp(Float32Array.of(0, 0), b, 0.5)]).toEqual([0, 1.5])
})

test("a prior's path: lines for a uniform one, great circles around the mean for a normal one", () => {
  expect(latentPath({ size: 2, prior: uniformPrior(-1, 1) })).toBe(lerp)
  expect(latentPath({ size: 2, prior: normalPrior() })).toBe(slerp)

  const latent = { size: 100, prior: normalPrior(5, 2) }
  const [from, to] = [1, 2].map(seed => latentNumbers(latent, 1, randomStream(seed, 'ends')))
  const path = latentPath(latent)
  expect(Float32Array.from(path(from!, to!, 0))).toEqual(from)
  expect(Float32Array.from(path(from!, to!, 1))).toEqual(to)
  // As far from the mean as the ends, where the line's middle is nearer by √½.
  const fromMean = (values: Iterable<number>) => length([...values].map(value => value - 5))
  const ends = (fromMean(from!) + fromMean(to!)) / 2
  expect(fromMean(path(from!, to!, 0.5)) / ends).toBeCloseTo(1, 1)
  expect(fromMean(lerp(from!, to!, 0.5)) / ends).toBeCloseTo(Math.SQRT1_2, 1)
})
