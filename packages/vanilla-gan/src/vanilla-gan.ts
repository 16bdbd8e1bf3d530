import type { Gan } from '@gankit/core'
import { buildDiscriminator } from './discriminator.ts'
import { buildGenerator } from './generator.ts'
import { resolve, type VanillaGanOptions } from './options.ts'

/**
 * A GAN of dense networks, after Goodfellow et al. 2014 (arXiv 1406.2661).
 * The same options, seed included, give the same weights.
 * @throws GankitError that names the first option at fault
 */
export function createVanillaGan(options: VanillaGanOptions = {}): Gan {
  const resolved = resolve(options)
  return {
    generator: buildGenerator(resolved),
    discriminator: buildDiscriminator(resolved),
    latent: resolved.latent,
    sampleShape: resolved.sampleShape,
  }
}
