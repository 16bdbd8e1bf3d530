import type { Tensor } from '@tensorflow/tfjs'
import { expect } from 'vitest'

type Numbers = Tensor | ArrayLike<number>

/** Expects every number within `absolute + relative·|expected|` of the expected one; the error names the worst number. */
export async function expectClose(
  got: Numbers,
  expected: Numbers,
  absolute = 1e-6,
  relative = 0,
): Promise<void> {
  const [a, b] = [await numbers(got), await numbers(expected)]
  expect(a.length, 'how many numbers').toBe(b.length)
  let worst = { index: -1, excess: 0 }
  for (let index = 0; index < a.length; index++) {
    const distance = Object.is(a[index], b[index]) ? 0 : Math.abs(a[index]! - b[index]!)
    const excess = distance - absolute - relative * Math.abs(b[index]!)
    if (!(excess <= worst.excess)) worst = { index, excess }
    if (Number.isNaN(excess)) break
  }
  if (worst.index >= 0)
    expect.fail(`number ${worst.index} of ${a.length} is ${a[worst.index]}, expected ${b[worst.index]}`)
}

async function numbers(of: Numbers): Promise<ArrayLike<number>> {
  return 'dataSync' in of ? await of.data() : of
}
