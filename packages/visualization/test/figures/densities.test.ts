import { normalPrior, randomStream, uniformPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import {
  bestVerdicts,
  densityLatents,
  latticeLatents,
  latticePoints,
  mapLatents,
  placesInPlane,
  placesOnLine,
  smoothDensity,
} from '../../src/index.ts'
import { normalDensity } from './normal-density.ts'

const extent = [-4, 4] as const
const places = placesOnLine(extent, 241)

test('the density of normal samples is that of a normal distribution, widened by the kernel', () => {
  const samples = densityLatents({ size: 1, prior: normalPrior() }, 4000, randomStream(1, 'test'))
  const density = smoothDensity(samples, extent, places.length)
  // A kernel of standard deviation h makes N(0, 1) an N(0, 1 + h²); h is 0.8% of the range.
  const wide = Math.hypot(1, 0.008 * 8)
  for (const [i, x] of places.entries())
    expect(Math.abs(density[i]! - normalDensity(x, 0, wide))).toBeLessThan(0.006)
  const mass = density.reduce((sum, value) => sum + value, 0) * (8 / 240)
  expect(mass).toBeCloseTo(1, 3)
})

test('samples beyond the range count, so that the rest is lower', () => {
  const density = smoothDensity([0, 0, 0, 100], [-1, 1], 201)
  const mass = density.reduce((sum, value) => sum + value, 0) * (2 / 200)
  expect(mass).toBeCloseTo(0.75, 4)
})

test("D's best answer to two normal densities is a sigmoid", () => {
  const [p, q] = [0, 1].map(mean => places.map(x => normalDensity(x, mean, 1)))
  const best = bestVerdicts(p!, q!)
  // log p − log q = ½ − x.
  // Below a sum of 1e−6 it is anything.
  for (const [i, x] of places.entries())
    if (p![i]! + q![i]! > 1e-5) expect(best[i]).toBeCloseTo(1 / (1 + Math.exp(x - 0.5)), 5)
  expect([...bestVerdicts([0, 1, 0], [0, 0, 1])]).toEqual([0.5, 1, 0])
})

test('places on the line reach both ends, places in the plane are centers of cells from the least y', () => {
  expect([...placesOnLine([-1, 1], 5)]).toEqual([-1, -0.5, 0, 0.5, 1])
  const cells = placesInPlane(
    [
      [0, 2],
      [10, 12],
    ],
    2,
  )
  expect([...cells]).toEqual([0.5, 10.5, 1.5, 10.5, 0.5, 11.5, 1.5, 11.5])
})

test('latents of the map go from one end of the prior to the other, those of several numbers are sorted', () => {
  const one = mapLatents({ size: 1, prior: uniformPrior(-1, 1) }, new Float32Array())
  expect([one[0], one.at(-1)]).toEqual([-1, 1])
  const latent = { size: 3, prior: normalPrior() }
  const several = mapLatents(latent, randomStream(0, 'test').normal(3 * 100))
  const firsts = Array.from({ length: several.length / 3 }, (_, i) => several[3 * i]!)
  expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
})

test('lines of the lattice hold one of the first two numbers, and the others stay in the middle', () => {
  const lattice = latticeLatents({ size: 4, prior: uniformPrior(0, 1) })
  const row = (i: number) => [...lattice.subarray(4 * i, 4 * i + 4)]
  const lines = lattice.length / (4 * latticePoints)
  for (let line = 0; line < lines; line++) {
    const [first, last] = [row(line * latticePoints), row((line + 1) * latticePoints - 1)]
    const moves = line < lines / 2 ? 0 : 1
    expect([first[moves], last[moves]]).toEqual([0, 1])
    expect(first[1 - moves]).toBe(last[1 - moves])
    expect(first.slice(2)).toEqual([0.5, 0.5])
  }
  expect(latticeLatents({ size: 1, prior: normalPrior() })).toHaveLength(latticePoints)
})
