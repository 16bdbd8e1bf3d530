/**
 * The latent a share `t` of the way from one to another, as far from the middle of the prior as these are: normal
 * latents lie near a sphere, and a straight line would leave it (White 2016, "Sampling generative networks").
 * @param {import('./data.js').Latent} latent
 * @param {Float32Array} from @param {Float32Array} to both [size] @param {number} t from 0 to 1
 */
export const blend = ({ prior }, from, to, t) => {
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
