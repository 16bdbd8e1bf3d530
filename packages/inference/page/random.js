/*
 * The random numbers of @gankit/core, as `randomStream` gives them for step 0: the page draws the samples of
 * `drawSamples` for a seed. Threefry-2x32 with 20 rounds: Salmon, Moraes, Dror, Shaw, "Parallel random numbers:
 * as easy as 1, 2, 3" (SC 2011).
 */

import { countValues, valueAt } from './categories.js'

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
export const drawBits = (seed, purpose, count) => {
  let key = Uint32Array.of(seed, Math.floor(seed / 2 ** 32))
  key = Uint32Array.from(threefry(key, purpose.length, 0))
  for (let i = 0; i < purpose.length; i += 2)
    key = Uint32Array.from(threefry(key, purpose.charCodeAt(i), purpose.charCodeAt(i + 1) || 0))
  const bits = new Uint32Array(2 * Math.ceil(count / 2))
  for (let block = 0; block < bits.length / 2; block++) bits.set(threefry(key, block, 0), 2 * block)
  return bits
}

/**
 * The inputs of `drawSamples` for a seed.
 * @param {import('./data.js').Latent} noise @param {import('./data.js').Attribute[]} attributes
 * @param {number} count @param {number} seed
 * @returns {import('./data.js').Input[]} `count` of them
 */
export const drawInputs = (noise, attributes, count, seed) => {
  const { size, prior } = noise
  const numbers = noiseFromBits(prior, drawBits(seed, 'samples/latent', count * size))
  const conditions = drawConditions(attributes, count, seed)
  return conditions.map((condition, n) => ({
    noise: numbers.subarray(n * size, (n + 1) * size),
    condition,
  }))
}

/**
 * One-hot numbers of each sample's attributes.
 * @param {import('./data.js').Attribute[]} attributes @param {number} count @param {number} seed
 */
const drawConditions = (attributes, count, seed) => {
  const bits = drawBits(seed, 'samples/condition', count * attributes.length)
  return Array.from({ length: count }, (_, n) => {
    const numbers = new Float32Array(countValues(attributes))
    let at = 0
    for (const [i, attribute] of attributes.entries()) {
      const word = bits[n * attributes.length + i] ?? 0
      numbers[at + valueAt(attribute, (word >>> 8) / 2 ** 24)] = 1
      at += attribute.values.length
    }
    return numbers
  })
}

/** @param {import('./data.js').Latent['prior']} prior @param {Uint32Array} bits pairs of words */
const noiseFromBits = (prior, bits) => {
  const values = new Float32Array(bits.length)
  for (const [i, word] of bits.entries()) {
    if (prior.name === 'uniform') values[i] = prior.min + (word >>> 8) * ((prior.max - prior.min) / 2 ** 24)
    else {
      // Box and Muller 1958: a pair of words gives a radius and an angle.
      const pair = i - (i % 2)
      const radius = prior.std * Math.sqrt(-2 * Math.log(((bits[pair] ?? 0) + 0.5) / 2 ** 32))
      const angle = (2 * Math.PI * (bits[pair + 1] ?? 0)) / 2 ** 32
      values[i] = prior.mean + radius * (i % 2 ? Math.sin(angle) : Math.cos(angle))
    }
  }
  return values
}
