import { fileURLToPath } from 'node:url'
import { type App, defineApp } from '@gankit/cli'
import { latentWith } from '@gankit/core'
import { createDcgan, type DcganOptions } from '@gankit/dcgan'
import { presets } from './presets.ts'

/** Handwritten digits drawn by a DCGAN: the course's second project. */
export const app: App<DcganOptions> = defineApp({
  name: 'dcgan-mnist',
  title: 'Handwritten digits with a DCGAN',
  presets,
  defaultPreset: 'quick',
  data: {
    default: 'embedded',
    kinds: { samples: 'images' },
    options: { size: 28, channels: 1 },
    conditions: ['class'],
  },
  // From sources and from what is built, the folder is one up.
  generator: fileURLToPath(new URL('../generator', import.meta.url)),
  createGan: ({ model, latent, sampleShape, seed, conditions }) =>
    createDcgan({
      ...model,
      latent: latentWith(latent, model.latent!.prior, conditions),
      imageShape: sampleShape as [number, number, number],
      seed,
    }),
})
