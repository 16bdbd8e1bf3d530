/**
 * The input a share `t` of the way from one to another. Noise stays as far from the middle of the prior as both ends
 * are: normal noise lies near a sphere, and a straight line would leave it (White 2016, "Sampling generative
 * networks"). The condition goes along a line.
 * @param {import('./data.js').Latent} noise
 * @param {import('./data.js').Input} from @param {import('./data.js').Input} to @param {number} t from 0 to 1
 * @returns {import('./data.js').Input}
 */
export const blend = ({ prior }, from, to, t) => ({
  noise: blendNoise(prior, from.noise, to.noise, t),
  condition: blendLine(from.condition, to.condition, t),
})

/** @param {Float32Array} from @param {Float32Array} to @param {number} t */
const blendLine = (from, to, t) => from.map((value, i) => value + t * ((to[i] ?? 0) - value))

/**
 * @param {import('./data.js').Latent['prior']} prior
 * @param {Float32Array} from @param {Float32Array} to @param {number} t
 */
const blendNoise = (prior, from, to, t) => {
  if (prior.name === 'uniform') return blendLine(from, to, t)
  const [a, b] = [from, to].map(noise => noise.map(value => value - prior.mean))
  if (!a || !b) return blendLine(from, to, t)
  const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)))
  const sine = Math.sin(angle)
  if (!(sine > 1e-6)) return blendLine(from, to, t)
  const [shareA, shareB] = [Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine]
  return a.map((value, i) => prior.mean + shareA * value + shareB * (b[i] ?? 0))
}

/** @param {Float32Array} a @param {Float32Array} b */
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
