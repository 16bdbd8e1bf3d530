import { randomStream } from '@gankit/core'
import type { Reading } from '../../src/index.ts'

/** Readings every 50 steps, each as a healthy GAN's but for what is given of it. */
export function history(count: number, of: (i: number) => Partial<Reading> = () => ({})): Reading[] {
  const noise = randomStream(4, 'history').normal(6 * count)
  return Array.from({ length: count }, (_, i) => {
    const [a, b, c, d, e, f] = noise.subarray(6 * i)
    return {
      step: 50 * (i + 1),
      lossD: 1.2 + 0.15 * a!,
      lossG: 0.9 + 0.2 * b!,
      dReal: 0.6 + 0.1 * c!,
      dFake: 0.4 + 0.1 * d!,
      gradientD: 2 * Math.exp(0.7 * e!),
      gradientG: 0.5 * Math.exp(0.7 * f!),
      ...of(i),
    }
  })
}
