import type { Gan } from '@gankit/core'
import { buildDiscriminator } from './discriminator.ts'
import { buildGenerator } from './generator.ts'
import { resolve, type VanillaGanOptions } from './options.ts'

/**
 * A GAN of dense networks, after Goodfellow et al. 2014 (arXiv 1406.2661). With a condition, G(z, c) gets it behind the
 * noise (Mirza and Osindero 2014, arXiv 1411.1784), and D(x, c) by projection (Miyato and Koyama 2018, arXiv 1802.05637).
 *
 * The same options, seed included, give the same weights.
 * @throws GankitError that names the first option at fault
 */
export function createVanillaGan(options: VanillaGanOptions = {}): Gan {
  const resolved = resolve(options)
  const { latent, condition, sampleShape } = resolved
  return {
    generator: buildGenerator(resolved),
    discriminator: buildDiscriminator(resolved),
    latent,
    sampleShape,
    ...(condition && { condition }),
  }
}
