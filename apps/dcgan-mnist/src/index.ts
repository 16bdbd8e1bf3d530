import { createDcgan, type DcganOptions } from '@gankit/dcgan'
import { defineApp, type GanApp, resolveFolder } from '@gankit/experiment'
import { presets } from './presets.ts'

/** Handwritten digits drawn by a DCGAN. */
export const app: GanApp<DcganOptions> = defineApp({
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
  generator: resolveFolder('../generator', import.meta.url),
  createGan: ({ model, latentSize, sampleShape, seed, condition }) =>
    createDcgan({
      ...model,
      latent: { ...model.latent, size: latentSize },
      imageShape: sampleShape as [number, number, number],
      seed,
      condition,
    }),
})
