import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GankitError, randomStream } from '../src/index.ts'
import { threefry2x32 } from '../src/threefry.ts'

// Known answers for threefry2x32 with 20 rounds, from the Random123 distribution of Salmon et al. (kat_vectors).
test.each([
  { counter: [0, 0], key: [0, 0], expected: [0x6b200159, 0x99ba4efe] },
  {
    counter: [0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    expected: [0x1cb996fc, 0xbb002be7],
  },
  {
    counter: [0x243f6a88, 0x85a308d3],
    key: [0x13198a2e, 0x03707344],
    expected: [0xc4923a9c, 0x483df7a0],
  },
])('threefry2x32 gives the published words for counter $counter', ({ counter, key, expected }) => {
  const out = new Uint32Array(2)
  threefry2x32(key[0]!, key[1]!, counter[1]!, counter[0]!, 1, out)
  expect([...out]).toEqual(expected)
})

test('numbers are a function of seed, purpose and step', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.string(), fc.nat(), (seed, purpose, step) => {
      const draw = (s: number, p: string, t: number) => randomStream(s, p, t).bits(8).join()
      const once = draw(seed, purpose, step)
      expect(draw(seed, purpose, step)).toBe(once)
      expect(draw(seed === 0 ? 1 : seed - 1, purpose, step)).not.toBe(once)
      expect(draw(seed, `${purpose}!`, step)).not.toBe(once)
      expect(draw(seed, purpose, step + 1)).not.toBe(once)
    }),
  )
})

test('a stream goes on where the last call stopped', () => {
  const whole = randomStream(7, 'x').bits(12)
  const parts = randomStream(7, 'x')
  expect([...parts.bits(4), ...parts.bits(8)]).toEqual([...whole])
})

test('purposes that end in the same letters, or in a null character, have their own numbers', () => {
  const purposes = ['', '\0', 'a', 'a\0', 'ab', 'ba', 'real/dropout_1', 'fake/dropout_1']
  const firsts = purposes.map(purpose => randomStream(0, purpose).bits(2).join())
  expect(new Set(firsts).size).toBe(purposes.length)
})

test('uniform numbers fill their interval evenly', () => {
  const count = 100_000
  const values = randomStream(1, 'test').uniform(count, -2, 6)
  const bins = new Array<number>(16).fill(0)
  for (const value of values) {
    expect(value >= -2 && value < 6).toBe(true)
    bins[Math.floor((value + 2) * 2)]!++
  }
  // χ² with 15 degrees of freedom stays below 37.7 with probability 0.999.
  const expected = count / bins.length
  expect(bins.reduce((sum, bin) => sum + (bin - expected) ** 2 / expected, 0)).toBeLessThan(37.7)
})

test('normal numbers have the moments and tails of a normal distribution', () => {
  const count = 200_000
  const values = randomStream(3, 'test').normal(count, 5, 2)
  const z = Array.from(values, value => (value - 5) / 2)
  const moment = (k: number) => z.reduce((sum, value) => sum + value ** k, 0) / count
  // Within four standard errors: √(1, 2, 15, 96)/√n for the first four moments 0, 1, 0, 3.
  for (const [k, expected, variance] of [
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
  ] as const)
    expect(Math.abs(moment(k) - expected)).toBeLessThan(4 * Math.sqrt(variance / count))
  const beyondTwo = z.filter(value => Math.abs(value) > 2).length / count
  expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.002)
})

test('a permutation holds each number once, and every order comes up', () => {
  const orders = new Map<string, number>()
  for (let step = 0; step < 6_000; step++) {
    const order = randomStream(0, 'order', step).permutation(3)
    expect([...order].sort()).toEqual([0, 1, 2])
    orders.set(order.join(), (orders.get(order.join()) ?? 0) + 1)
  }
  expect(orders.size).toBe(6)
  // χ² with 5 degrees of freedom stays below 20.5 with probability 0.999.
  expect([...orders.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(20.5)
})

test.each([-1, 1.5, Number.NaN, 2 ** 53])('seed %s is refused', seed => {
  expect(() => randomStream(seed, 'x')).toThrow(GankitError)
  expect(() => randomStream(seed, 'x')).toThrow(`[gankit/core] seed is ${seed}, expected a whole number`)
})

test.each([-1, 0.5, 2 ** 32])('step %s is refused', step => {
  expect(() => randomStream(0, 'x', step)).toThrow(`[gankit/core] step is ${step}, expected a whole number`)
})
