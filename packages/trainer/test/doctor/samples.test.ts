import { randomStream } from '@gankit/core'
import { describe, expect, test } from 'vitest'
import { generatorCollapsed, memorising, neighbourhoodOf, spreadOf } from '../../src/index.ts'

const size = 30
/** Samples of one Gaussian that varies in all of its numbers. */
const drawn = (count: number, purpose: string) => randomStream(3, purpose).normal(count * size)
/** So many rows, each of the first few over and over, with noise. */
const repeated = (from: Float32Array, count: number, different: number, noise = 0) => {
  const added = randomStream(3, 'noise').normal(count * size, 0, noise)
  return added.map((value, k) => value + from[(Math.floor(k / size) % different) * size + (k % size)]!)
}

describe('collapse', () => {
  const real = spreadOf(drawn(64, 'real'), 64)
  const collapsed = (fakes: Float32Array) => generatorCollapsed(spreadOf(fakes, 64), real)

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
    expect(generatorCollapsed({ distance: 1, rank: 2 }, { distance: 20, rank: 16 })?.evidence).toBe(
      'fakes lie 1 apart, 0.05 of the 20 of as many real samples, and vary in 2 directions against 16',
    ))

  test('real samples that are all equal say nothing', () =>
    expect(generatorCollapsed({ distance: 0, rank: 0 }, { distance: 0, rank: 0 })).toBeUndefined())
})

describe('memorising', () => {
  const samples = drawn(256, 'real')
  const real = neighbourhoodOf(samples, size, 64)
  const copies = repeated(samples, 64, 64, 0.05)

  test('copies with a little noise are found, also where a third of all fakes are copies', () => {
    expect(memorising(copies, real)?.evidence).toContain('64 of 64 fakes lie within')
    const some = drawn(64, 'fresh')
    some.set(copies.subarray(0, 20 * size))
    expect(memorising(some, real)?.evidence).toMatch(/^20 of 64 fakes .* and 0 of 64 real ones/)
  })

  test('fresh samples are none, nor a few copies among them', () => {
    const fresh = drawn(64, 'fresh')
    expect(memorising(fresh, real)).toBeUndefined()
    fresh.set(copies.subarray(0, 8 * size))
    expect(memorising(fresh, real)).toBeUndefined()
  })

  test('in the plane, where neighbours are near by chance, fresh points are none', () => {
    for (let seed = 0; seed < 20; seed++) {
      const plane = (count: number, purpose: string) => randomStream(seed, purpose).normal(2 * count)
      expect(memorising(plane(64, 'fake'), neighbourhoodOf(plane(512, 'real'), 2, 64))).toBeUndefined()
    }
  })

  test('too few real samples, or all in doubles, say nothing', () => {
    const few = samples.subarray(0, 63 * size)
    expect(memorising(copies, neighbourhoodOf(few, size, 63))).toBeUndefined()
    expect(memorising(copies, neighbourhoodOf(repeated(samples, 256, 64), size, 64))).toBeUndefined()
  })
})
