import { type App, defineApp } from '@gankit/cli'
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
    kinds: ['embedded', 'mnist', 'fashion', 'idx', 'folder', 'celeba', 'cartoon'],
    options: { size: 28, channels: 1 },
  },
  createGan: ({ model, latent, sampleShape, seed }) =>
    createDcgan({
      ...model,
      latent: { size: latent, prior: model.latent!.prior },
      imageShape: sampleShape as [number, number, number],
      seed,
    }),
})
