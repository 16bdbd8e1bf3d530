import { GankitError } from './errors.ts'
import { threefry2x32 } from './threefry.ts'

const twoTo32 = 2 ** 32

/** Random numbers of one (seed, purpose, step). Each call goes on where the last one stopped. */
export interface RandomStream {
  /** `count` words of 32 random bits. */
  bits(count: number): Uint32Array
  /** `count` float32 numbers, uniform on [min, max), in steps of (max − min)·2⁻²⁴. */
  uniform(count: number, min?: number, max?: number): Float32Array<ArrayBuffer>
  /** `count` float32 numbers of a normal distribution (Box and Muller 1958). */
  normal(count: number, mean?: number, std?: number): Float32Array<ArrayBuffer>
  /** The numbers 0 … count − 1 in random order (Fisher and Yates; bias below count·2⁻³²). */
  permutation(count: number): Uint32Array
}

/**
 * The only source of randomness in gankit. The numbers are a function of the three arguments and nothing else:
 * two purposes or two steps never share numbers, and no state has to be saved to draw them again.
 * @param seed whole number from 0 to 2⁵³ − 1
 * @param purpose what the numbers are for, such as 'latent/generator'
 * @param step whole number from 0 to 2³² − 1
 * @throws GankitError for a seed or step out of range
 */
export function randomStream(seed: number, purpose: string, step = 0): RandomStream {
  checkSeed(seed)
  if (!Number.isInteger(step) || step < 0 || step >= twoTo32)
    throw new GankitError('core', 'option', `step is ${step}, expected a whole number from 0 to 4294967295`)
  return new CounterStream(keyOf(seed, purpose), step)
}

/** @throws GankitError unless `seed` is a whole number from 0 to 2⁵³ − 1 */
export function checkSeed(seed: number): void {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new GankitError(
      'core',
      'option',
      `seed is ${seed}, expected a whole number from 0 to 9007199254740991`,
    )
}

/** Folds seed, length and characters of the purpose into the cipher's 64-bit key. */
function keyOf(seed: number, purpose: string): Uint32Array {
  const key = Uint32Array.of(seed % twoTo32, Math.floor(seed / twoTo32))
  const fold = (low: number, high: number) => threefry2x32(key[0]!, key[1]!, high, low, 1, key)
  fold(purpose.length, 0)
  for (let i = 0; i < purpose.length; i += 2) fold(purpose.charCodeAt(i), purpose.charCodeAt(i + 1) || 0)
  return key
}

class CounterStream implements RandomStream {
  private block = 0
  private readonly key: Uint32Array
  private readonly step: number

  constructor(key: Uint32Array, step: number) {
    this.key = key
    this.step = step
  }

  bits(count: number): Uint32Array {
    const blocks = Math.ceil(count / 2)
    const words = new Uint32Array(2 * blocks)
    threefry2x32(this.key[0]!, this.key[1]!, this.step, this.block, blocks, words)
    this.block += blocks
    return words.subarray(0, count)
  }

  uniform(count: number, min = 0, max = 1): Float32Array<ArrayBuffer> {
    const bits = this.bits(count)
    const values = new Float32Array(count)
    const scale = (max - min) / 2 ** 24
    for (let i = 0; i < count; i++) values[i] = min + (bits[i]! >>> 8) * scale
    return values
  }

  normal(count: number, mean = 0, std = 1): Float32Array<ArrayBuffer> {
    const bits = this.bits(2 * Math.ceil(count / 2))
    const values = new Float32Array(count)
    for (let i = 0; i < count; i += 2) {
      const radius = std * Math.sqrt(-2 * Math.log((bits[i]! + 0.5) / twoTo32))
      const angle = (2 * Math.PI * bits[i + 1]!) / twoTo32
      values[i] = mean + radius * Math.cos(angle)
      if (i + 1 < count) values[i + 1] = mean + radius * Math.sin(angle)
    }
    return values
  }

  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i)
    const bits = this.bits(count)
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor((bits[i]! / twoTo32) * (i + 1))
      const held = order[i]!
      order[i] = order[j]!
      order[j] = held
    }
    return order
  }
}
