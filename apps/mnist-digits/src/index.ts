import { defineApp, type GanApp, resolveFolder } from '@gankit/experiment'
import { createVanillaGan, type VanillaGanOptions } from '@gankit/vanilla-gan'
import { presets } from './presets.ts'

/** Handwritten digits drawn by a vanilla GAN. */
export const app: GanApp<VanillaGanOptions> = defineApp({
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
  generator: resolveFolder('../generator', import.meta.url),
  createGan: ({ model, latentSize, sampleShape, seed, condition }) =>
    createVanillaGan({
      ...model,
      latent: { ...model.latent, size: latentSize },
      sampleShape,
      seed,
      condition,
    }),
})
