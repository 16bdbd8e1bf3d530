import {
  algorithm1Settings,
  createGameParts,
  defineApp,
  resolveFolder,
  type StreamsApp,
} from '@gankit/experiment'
import { cut, cycleGan, patchDiscriminator, projectionHeads, resnetGenerator } from '@gankit/image-to-image'
import { createOptimizer } from '@gankit/trainer/optimizers'
import { presets, type UnpairedModel } from './presets.ts'

type Size = [height: number, width: number, channels: number]

/** Pictures of one kind take on the style of another: photos and paintings, of which none belong together. */
export const app: StreamsApp<UnpairedModel, 'photos' | 'paintings'> = defineApp({
  name: 'style-transfer',
  title: 'Pictures that change their style, with CycleGAN or CUT',
  presets,
  defaultPreset: 'quick',
  unused: algorithm1Settings,
  streams: {
    photos: { default: 'cartoon:5000', kinds: { samples: 'images' }, options: { size: 64, dataSeed: 1 } },
    // Other faces than those of the photos: nothing belongs together.
    paintings: {
      default: 'cartoon:5000',
      kinds: { samples: 'images' },
      options: { size: 64, dataSeed: 2, drawing: 'painted' },
    },
  },
  samples: {
    generator: 'photos-to-paintings',
    from: 'photos',
    like: 'paintings',
    // The same faces photographed and painted, which only cartoons have.
    counterparts: {
      data: 'cartoon:500',
      dataSeed: 3,
      measures: ['psnr-y', 'ssim-y', 'psnr-rgb', 'ssim-rgb'],
    },
    others: { 'paintings-to-photos': { from: 'paintings', like: 'photos' } },
  },
  // From sources and from what is built, the folders are one up.
  generator: resolveFolder('../generator', import.meta.url),
  generators: {
    'paintings-to-photos': {
      folder: resolveFolder('../generators/paintings-to-photos', import.meta.url),
    },
  },
  createGame({ model, streams, seed, training }) {
    const { base, blocks, endKernel, upsampling, discriminatorBase, patch } = model
    const [photos, paintings] = [streams.photos.sampleShape, streams.paintings.sampleShape] as [Size, Size]
    const translate = (name: string, from: Size, to: Size) =>
      resnetGenerator({
        name,
        inputShape: from,
        outputChannels: to[2],
        base,
        blocks,
        endKernel,
        upsampling,
        seed,
      })
    const judge = (name: string, inputShape: Size) =>
      patchDiscriminator({ name, inputShape, base: discriminatorBase, patch, seed })
    const sides = ['photos', 'paintings'] as const
    const { objective, optimizers, clipNorm } = createGameParts(training)
    const generator = translate('photos-to-paintings', photos, paintings)
    const discriminator = judge('judge-paintings', paintings)
    if (model.game === 'cut') {
      const { contrastWeight, identityWeight, places, headSize } = model
      return cut({
        sides,
        generator,
        discriminator,
        heads: projectionHeads({ generator, size: headSize, seed }),
        objective,
        optimizers,
        ...(clipNorm && { clipNorm }),
        contrastWeight,
        identityWeight,
        places,
      })
    }
    const { cycleWeight, identityWeight, pool } = model
    return cycleGan({
      sides,
      generators: [generator, translate('paintings-to-photos', paintings, photos)],
      discriminators: [judge('judge-photos', photos), discriminator],
      objective,
      optimizers: {
        generators: optimizers.generator,
        discriminators: [optimizers.discriminator, createOptimizer(training.optimizers.discriminator)],
      },
      ...(clipNorm && {
        clipNorm: { generators: clipNorm.generator, discriminators: clipNorm.discriminator },
      }),
      cycleWeight,
      identityWeight,
      pool,
    })
  },
})
