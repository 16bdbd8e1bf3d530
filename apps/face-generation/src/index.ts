import { fileURLToPath } from 'node:url'
import { type App, defineApp } from '@gankit/cli'
import { latentWith } from '@gankit/core'
import { createDcgan, type DcganOptions } from '@gankit/dcgan'
import { presets } from './presets.ts'

/** Faces drawn by a DCGAN: the course's third project. */
export const app: App<DcganOptions> = defineApp({
  name: 'face-generation',
  title: 'Faces with a DCGAN',
  presets,
  defaultPreset: 'quick',
  data: {
    default: 'cartoon:20000',
    kinds: { samples: 'images', option: 'size' },
    options: { size: 64, channels: 3 },
    conditions: ['hair-color', 'glasses', 'skin', 'mouth'],
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
