import { randomStream } from '@gankit/core'
import type { Reading } from '../../src/doctor.ts'
import type { ScalarValues } from '../../src/index.ts'

/** Readings every 50 steps, each as a healthy GAN's but for what is given of it. */
export function history(count: number, of: (i: number) => ScalarValues = () => ({})): Reading[] {
  const noise = randomStream(4, 'history').normal(6 * count)
  return Array.from({ length: count }, (_, i) => {
    const [a, b, c, d, e, f] = noise.subarray(6 * i)
    return {
      step: 50 * (i + 1),
      values: {
        'discriminator/loss': 1.2 + 0.15 * a!,
        'generator/loss': 0.9 + 0.2 * b!,
        'discriminator/real': 0.6 + 0.1 * c!,
        'discriminator/fake': 0.4 + 0.1 * d!,
        'discriminator/gradient': 2 * Math.exp(0.7 * e!),
        'generator/gradient': 0.5 * Math.exp(0.7 * f!),
        ...of(i),
      },
    }
  })
}
