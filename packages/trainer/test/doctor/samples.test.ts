import { randomStream } from '@gankit/core'
import { describe, expect, test } from 'vitest'
import { checks } from '../../src/doctor/checks.ts'
import { measureDiversity } from '../../src/doctor/distances.ts'
import { measureNeighborhood, type Neighborhood } from '../../src/doctor/sample-checks.ts'

const nobody: Neighborhood = { samples: new Float32Array(), size: 1, nearest: new Float64Array() }
const findCollapse = (fakes: Float32Array, realDiversity: ReturnType<typeof measureDiversity>) =>
  checks['generator-collapsed']().samples!({ fakes, count: 64, realDiversity, real: nobody })
const findCopies = (fakes: Float32Array, real: Neighborhood) =>
  checks.memorization().samples!({
    fakes,
    count: fakes.length / real.size,
    realDiversity: { distance: 1, rank: 1 },
    real,
  })

const size = 30
/** Samples of one Gaussian that varies in all of its numbers. */
const drawn = (count: number, purpose: string) => randomStream(3, purpose).normal(count * size)
/** So many rows, each of the first few over and over, with noise. */
const repeated = (from: Float32Array, count: number, different: number, noise = 0) => {
  const added = randomStream(3, 'noise').normal(count * size, 0, noise)
  return added.map((value, k) => value + from[(Math.floor(k / size) % different) * size + (k % size)]!)
}

describe('collapse', () => {
  const real = measureDiversity(drawn(64, 'real'), 64)
  const collapsed = (fakes: Float32Array) => findCollapse(fakes, real)

  test.each([1, 2, 3])('%d pictures over and over are one', different => {
    expect(collapsed(repeated(drawn(64, 'fake'), 64, different))).toBeDefined()
    expect(collapsed(repeated(drawn(64, 'fake'), 64, different, 0.1))).toBeDefined()
  })

  test('other samples of the same are none, nor half as spread ones', () => {
    for (const purpose of ['a', 'b', 'c', 'd']) {
      expect(collapsed(drawn(64, purpose))).toBeUndefined()
      expect(collapsed(drawn(64, purpose).map(value => value / 2))).toBeUndefined()
    }
  })

  test('says how far they lie apart, and in how many directions', () =>
    expect(collapsed(repeated(drawn(64, 'fake'), 64, 1))?.evidence).toMatch(
      /^fakes lie 0 apart, 0 of the [\d.]+ of as many real samples, and vary in 0 directions against [\d.]+$/,
    ))

  test('real samples that are all equal say nothing', () =>
    expect(findCollapse(new Float32Array(64 * size), { distance: 0, rank: 0 })).toBeUndefined())
})

describe('memorization', () => {
  const samples = drawn(256, 'real')
  const real = measureNeighborhood(samples, size, 64)
  const copies = repeated(samples, 64, 64, 0.05)

  test('copies with a little noise are found, also where a third of all fakes are copies', () => {
    expect(findCopies(copies, real)?.evidence).toContain('64 of 64 fakes lie within')
    const some = drawn(64, 'fresh')
    some.set(copies.subarray(0, 20 * size))
    expect(findCopies(some, real)?.evidence).toMatch(/^20 of 64 fakes .* and 0 of 64 real ones/)
  })

  test('fresh samples are none, nor a few copies among them', () => {
    const fresh = drawn(64, 'fresh')
    expect(findCopies(fresh, real)).toBeUndefined()
    fresh.set(copies.subarray(0, 8 * size))
    expect(findCopies(fresh, real)).toBeUndefined()
  })

  test('in the plane, where neighbours are near by chance, fresh points are none', () => {
    for (let seed = 0; seed < 20; seed++) {
      const plane = (count: number, purpose: string) => randomStream(seed, purpose).normal(2 * count)
      expect(findCopies(plane(64, 'fake'), measureNeighborhood(plane(512, 'real'), 2, 64))).toBeUndefined()
    }
  })

  test('too few real samples, or all in doubles, say nothing', () => {
    const few = samples.subarray(0, 63 * size)
    expect(findCopies(copies, measureNeighborhood(few, size, 63))).toBeUndefined()
    expect(findCopies(copies, measureNeighborhood(repeated(samples, 256, 64), size, 64))).toBeUndefined()
  })
})
