import { randomStream } from '@gankit/core'
import { type Digits, take } from './digits.ts'

/** Normal noise on each pixel, cut off at the ends of the range. Levels share their noise, so only its size differs. */
export function noisy(digits: Digits, std: number, seed = 0): Digits {
  const noise = randomStream(seed, 'sanity/noise').normal(digits.values.length)
  const values = Float32Array.from(digits.values, (value, at) =>
    Math.max(-1, Math.min(1, value + std * noise[at]!)),
  )
  return { ...digits, values }
}

/** A Gaussian of `sigma` pixels over each square image; beyond the edge pixels go on as they are on it. */
export function blurred(digits: Digits, sigma: number): Digits {
  const side = Math.sqrt(digits.size)
  const weights = blurWeights(side, sigma)
  const values = new Float32Array(digits.values.length)
  const lines = new Float64Array(digits.size)
  for (let from = 0; from < values.length; from += digits.size) {
    const image = digits.values.subarray(from, from + digits.size)
    // Each pass writes images turned on their side, so two blur both ways and turn them back.
    pass(image, weights, side, lines)
    pass(lines, weights, side, values.subarray(from, from + digits.size))
  }
  return { ...digits, values }
}

/** [side, side]: what each pixel of a line takes from each other. */
function blurWeights(side: number, sigma: number): Float64Array {
  const weights = new Float64Array(side * side)
  const reach = Math.ceil(5 * sigma)
  const bell = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    sigma === 0 ? 1 : Math.exp(-(((i - reach) / sigma) ** 2) / 2),
  )
  const total = bell.reduce((sum, weight) => sum + weight, 0)
  for (let x = 0; x < side; x++)
    for (const [i, weight] of bell.entries())
      weights[x * side + Math.max(0, Math.min(side - 1, x + i - reach))]! += weight / total
  return weights
}

function pass(
  from: ArrayLike<number>,
  weights: Float64Array,
  side: number,
  to: Float32Array | Float64Array,
): void {
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      let sum = 0
      for (let i = 0; i < side; i++) sum += weights[x * side + i]! * from[y * side + i]!
      to[x * side + y] = sum
    }
}

/** The first `count` digits of the classes below 10 − `dropped`. */
export function withoutClasses(digits: Digits, dropped: number, count: number): Digits {
  const kept = Uint32Array.from(digits.labels.keys()).filter(i => digits.labels[i]! < 10 - dropped)
  if (kept.length < count)
    throw new Error(`without ${dropped} classes there are ${kept.length} digits, expected ${count}`)
  return take(digits, kept.subarray(0, count))
}

/** As many digits, of which the first `distinct` come again and again. */
export function duplicated(digits: Digits, distinct: number): Digits {
  return take(
    digits,
    Uint32Array.from({ length: digits.count }, (_, i) => i % distinct),
  )
}

/** What a collapsed generator gives: one digit with a little noise. */
export function collapsed(digits: Digits, std: number): Digits {
  return noisy(duplicated(digits, 1), std)
}
