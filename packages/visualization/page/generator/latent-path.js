import { conditionSize } from './condition-size.js'

/**
 * The latent at a place `t` between two latents. Noise of a normal prior goes along a great circle: normal latents lie near
 * a sphere, and a straight line would leave it (White 2016, "Sampling generative networks"). Conditions go along a line.
 * @param {import('./data.js').Latent} latent
 * @param {Float32Array} from @param {Float32Array} to both [size] @param {number} t from 0 to 1
 */
export const interpolate = (latent, from, to, t) => {
  const encoded = conditionSize(latent)
  if (encoded === 0) return interpolateNoise(latent, from, to, t)
  const noise = from.length - encoded
  const way = interpolateNoise(latent, from.subarray(0, noise), to.subarray(0, noise), t)
  const line = from.subarray(noise).map((value, i) => value + t * ((to[noise + i] ?? 0) - value))
  return Float32Array.of(...way, ...line)
}

/**
 * @param {import('./data.js').Latent} latent
 * @param {Float32Array} from @param {Float32Array} to @param {number} t
 */
const interpolateNoise = ({ prior }, from, to, t) => {
  const line = () => from.map((value, i) => value + t * ((to[i] ?? 0) - value))
  if (prior.name === 'uniform') return line()
  const [a, b] = [from, to].map(latent => latent.map(value => value - prior.mean))
  if (!a || !b) return line()
  const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)))
  const sine = Math.sin(angle)
  if (!(sine > 1e-6)) return line()
  const [shareA, shareB] = [Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine]
  return a.map((value, i) => prior.mean + shareA * value + shareB * (b[i] ?? 0))
}

/** @param {Float32Array} a @param {Float32Array} b */
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
