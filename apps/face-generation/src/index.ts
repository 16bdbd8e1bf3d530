import { createDcgan, type DcganOptions } from '@gankit/dcgan'
import { defineApp, type GanApp, resolveFolder } from '@gankit/experiment'
import { presets } from './presets.ts'

/** Faces drawn by a DCGAN, at random or by hair color, glasses, skin and mouth. */
export const app: GanApp<DcganOptions> = defineApp({
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
