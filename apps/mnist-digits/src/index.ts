import { fileURLToPath } from 'node:url'
import { type App, defineApp } from '@gankit/cli'
import { latentWith } from '@gankit/core'
import { createVanillaGan, type VanillaGanOptions } from '@gankit/vanilla-gan'
import { presets } from './presets.ts'

/** Handwritten digits drawn by a vanilla GAN: the course's first project. */
export const app: App<VanillaGanOptions> = defineApp({
  name: 'mnist-digits',
  title: 'Handwritten digits with a vanilla GAN',
  presets,
  defaultPreset: 'quick',
  workload: 'dense',
  data: {
    default: 'embedded',
    kinds: { samples: 'images' },
    options: { size: 28, channels: 1 },
    conditions: ['class'],
  },
  // From sources and from what is built, the folder is one up.
  generator: fileURLToPath(new URL('../generator', import.meta.url)),
  createGan: ({ model, latent, sampleShape, seed, conditions }) =>
    createVanillaGan({
      ...model,
      latent: latentWith(latent, model.latent!.prior, conditions),
      sampleShape,
      seed,
    }),
})
