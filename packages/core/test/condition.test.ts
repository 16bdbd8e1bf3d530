import { describe, expect, test } from 'vitest'
import {
  askedFor,
  type Condition,
  conditionSize,
  latentNumbers,
  latentPath,
  latentWith,
  normalPrior,
  randomStream,
  slerp,
  uniformPrior,
} from '../src/index.ts'

const conditions: readonly Condition[] = [
  { name: 'hair', values: ['black', 'red', 'none'], shares: [0.7, 0.1, 0.2] },
  { name: 'glasses', values: ['no', 'yes'] },
]
const latent = latentWith(5, normalPrior(), conditions)

test('a latent has room for its noise and one number a value', () => {
  expect(conditionSize(latent)).toBe(5)
  expect(latent).toEqual({ size: 10, prior: normalPrior(), conditions })
  expect(latentWith(5, uniformPrior())).toEqual({ size: 5, prior: uniformPrior() })
  expect([...askedFor(conditions, [2, 0])]).toEqual([0, 0, 1, 1, 0])
})

describe('latents that ask for something', () => {
  const count = 20_000
  const drawn = latentNumbers(latent, count, randomStream(1, 'latents'))
  const column = (i: number) => Array.from({ length: count }, (_, row) => drawn[10 * row + i]!)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

  test('ask for one value of each, as often as its share says', () => {
    for (let row = 0; row < count; row++) {
      const asked = [...drawn.subarray(10 * row + 5, 10 * row + 10)]
      expect(asked.every(number => number === 0 || number === 1)).toBe(true)
      expect(asked[0]! + asked[1]! + asked[2]!).toBe(1)
      expect(asked[3]! + asked[4]!).toBe(1)
    }
    // Five standard errors of a share of 20,000.
    for (const [i, share] of [0.7, 0.1, 0.2, 0.5, 0.5].entries())
      expect(Math.abs(mean(column(5 + i)) - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / count))
  })

  test('have noise of the prior, and nothing of it says what is asked for', () => {
    for (let i = 0; i < 5; i++) {
      expect(Math.abs(mean(column(i)))).toBeLessThan(5 / Math.sqrt(count))
      expect(mean(column(i).map(value => value ** 2))).toBeCloseTo(1, 1)
      const asked = column(5)
      const together = mean(column(i).map((value, row) => value * asked[row]!))
      expect(Math.abs(together)).toBeLessThan(5 / Math.sqrt(count))
    }
  })

  test('are the same first ones, whatever the count', () => {
    const few = latentNumbers(latent, 3, randomStream(1, 'latents'))
    expect(few).toEqual(drawn.slice(0, 30))
  })
})

test('a value without a share is never asked for', () => {
  const never = latentWith(1, normalPrior(), [{ name: 'mouth', values: ['a', 'b', 'c'], shares: [0, 1, 0] }])
  const drawn = latentNumbers(never, 500, randomStream(2, 'latents'))
  for (let row = 0; row < 500; row++) expect([...drawn.subarray(4 * row + 1, 4 * row + 4)]).toEqual([0, 1, 0])
})

test('on the way between two latents noise goes along the circle, what is asked for along a line', () => {
  const [a, b] = [
    latentNumbers(latent, 1, randomStream(3, 'a')),
    latentNumbers(latent, 1, randomStream(4, 'b')),
  ]
  const half = latentPath(latent)(a, b, 0.25)
  expect([...half.subarray(0, 5)]).toEqual([...slerp(a.slice(0, 5), b.slice(0, 5), 0.25)])
  for (let i = 5; i < 10; i++) expect(half[i]).toBeCloseTo(0.75 * a[i]! + 0.25 * b[i]!, 12)
})
