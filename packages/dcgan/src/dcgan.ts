import type { Gan } from '@gankit/core'
import { buildDiscriminator } from './discriminator.ts'
import { buildGenerator } from './generator.ts'
import { type DcganOptions, resolve } from './options.ts'

/**
 * A convolutional GAN of any size and channel count, after Radford et al. 2016 (arXiv 1511.06434): strided and
 * transposed convolutions, no pooling, batch norm, tanh. With a condition, G(z, c) has conditional batch norm (de Vries et
 * al. 2017, arXiv 1707.00683) and D(x, c) a projection (Miyato and Koyama 2018, arXiv 1802.05637).
 *
 * The same options, seed included, give the same weights.
 * @throws GankitError that names the first option at fault
 */
export function createDcgan(options: DcganOptions = {}): Gan {
  const resolved = resolve(options)
  const { latent, condition, imageShape } = resolved
  return {
    generator: buildGenerator(resolved),
    discriminator: buildDiscriminator(resolved),
    latent,
    sampleShape: [...imageShape],
    ...(condition && { condition }),
  }
}
