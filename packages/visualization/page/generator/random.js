/*
 * The random numbers of @gankit/core's `randomStream` at step 0, so that the page draws the samples of
 * `gankit sample --seed`. Threefry-2x32 with 20 rounds: Salmon, Moraes, Dror, Shaw, "Parallel random numbers:
 * as easy as 1, 2, 3" (SC 2011).
 */

import { conditionSize, drawValue } from './condition-size.js'

const rotations = [13, 15, 26, 6, 17, 29, 16, 24]

/**
 * Enciphers one counter.
 * @param {Uint32Array} key 2 words @param {number} low @param {number} high
 * @returns {[number, number]} two words of 32 random bits
 */
const threefry = (key, low, high) => {
  const [key0 = 0, key1 = 0] = key
  const keys = [key0, key1, 0x1bd11bda ^ key0 ^ key1]
  let a = (low + key0) | 0
  let b = (high + key1) | 0
  for (let round = 0; round < 20; round++) {
    const rotation = rotations[round % 8] ?? 0
    a = (a + b) | 0
    b = ((b << rotation) | (b >>> (32 - rotation))) ^ a
    if (round % 4 < 3) continue
    const group = (round + 1) / 4
    a = (a + (keys[group % 3] ?? 0)) | 0
    b = (b + (keys[(group + 1) % 3] ?? 0) + group) | 0
  }
  return [a >>> 0, b >>> 0]
}

/**
 * @param {number} seed from 0 to 2⁵³ − 1 @param {string} purpose
 * @param {number} count
 * @returns {Uint32Array} `count` words, rounded up to a pair
 */
const drawBits = (seed, purpose, count) => {
  let key = Uint32Array.of(seed, Math.floor(seed / 2 ** 32))
  key = Uint32Array.from(threefry(key, purpose.length, 0))
  for (let i = 0; i < purpose.length; i += 2)
    key = Uint32Array.from(threefry(key, purpose.charCodeAt(i), purpose.charCodeAt(i + 1) || 0))
  const bits = new Uint32Array(2 * Math.ceil(count / 2))
  for (let block = 0; block < bits.length / 2; block++) bits.set(threefry(key, block, 0), 2 * block)
  return bits
}

/**
 * The latents of `drawSamples` for a seed.
 * @param {import('./data.js').Latent} latent @param {number} count @param {number} seed
 * @returns {Float32Array[]} `count` times `latent.size` numbers
 */
export const drawLatents = (latent, count, seed) => {
  const { size, prior, conditions = [] } = latent
  if (conditions.length === 0) {
    const values = toNoise(prior, drawBits(seed, 'samples/latent', count * size))
    return Array.from({ length: count }, (_, n) => values.subarray(n * size, (n + 1) * size))
  }
  // Each latent begins with a new pair of words, and so does its condition.
  const noise = size - conditionSize(latent)
  const even = 2 * Math.ceil(noise / 2)
  const each = even + 2 * Math.ceil(conditions.length / 2)
  const bits = drawBits(seed, 'samples/latent', count * each)
  return Array.from({ length: count }, (_, n) => {
    const own = bits.subarray(n * each, (n + 1) * each)
    const values = new Float32Array(size)
    values.set(toNoise(prior, own.subarray(0, even)).subarray(0, noise))
    let at = noise
    for (const [i, condition] of conditions.entries()) {
      values[at + drawValue(condition, ((own[even + i] ?? 0) >>> 8) / 2 ** 24)] = 1
      at += condition.values.length
    }
    return values
  })
}

/** @param {import('./data.js').Latent['prior']} prior @param {Uint32Array} bits pairs of words */
const toNoise = (prior, bits) => {
  const values = new Float32Array(bits.length)
  for (const [i, word] of bits.entries()) {
    if (prior.name === 'uniform') values[i] = prior.min + (word >>> 8) * ((prior.max - prior.min) / 2 ** 24)
    else {
      // Box and Muller 1958: a pair of words becomes a radius and an angle.
      const pair = i - (i % 2)
      const radius = prior.std * Math.sqrt(-2 * Math.log(((bits[pair] ?? 0) + 0.5) / 2 ** 32))
      const angle = (2 * Math.PI * (bits[pair + 1] ?? 0)) / 2 ** 32
      values[i] = prior.mean + radius * (i % 2 ? Math.sin(angle) : Math.cos(angle))
    }
  }
  return values
}
