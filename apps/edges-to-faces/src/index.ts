import { createGameParts, defineApp, resolveFolder, type StreamsApp } from '@gankit/experiment'
import {
  bicycleGan,
  patchDiscriminator,
  pix2pix,
  styleEncoder,
  styleNoise,
  uNet,
} from '@gankit/image-to-image'
import { type PairsModel, presets } from './presets.ts'

type Size = [height: number, width: number, channels: number]

/** Drawings become faces; with other data, any picture becomes the one that belongs to it. */
export const app: StreamsApp<PairsModel, 'input' | 'target'> = defineApp({
  name: 'edges-to-faces',
  title: 'Faces from drawings with pix2pix',
  presets,
  defaultPreset: 'quick',
  // A preset says how many numbers of noise choose an answer.
  unused: ['latentSize'],
  streams: {
    input: {
      default: 'cartoon:10000',
      kinds: { samples: 'images' },
      options: { size: 64, drawing: 'edges' },
    },
    target: { default: 'cartoon:10000', kinds: { samples: 'images' }, options: { size: 64 } },
  },
  paired: true,
  samples: {
    from: 'input',
    like: 'target',
    measures: ['psnr-rgb', 'ssim-rgb', 'fcn-score', 'fcn-miou'],
    segmenter: { app: 'segmentation', data: 'cartoon' },
  },
  // From sources and from what is built, the folder is one up.
  generator: resolveFolder('../generator', import.meta.url),
  generators: {
    labels: {
      folder: resolveFolder('../generators/labels', import.meta.url),
      dataOptions: { input: { drawing: 'labels' } },
    },
  },
  createGame({ model, streams, seed, training }) {
    const [inputShape, sampleShape] = [streams.input.sampleShape, streams.target.sampleShape] as [Size, Size]
    const {
      base,
      maxFilters,
      discriminatorBase,
      patch,
      conditional,
      adversarial,
      dropout,
      upsampling,
      noise,
      styles,
    } = model
    const { objective, ...parts } = createGameParts(training)
    const generator = uNet({
      inputShape,
      outputChannels: sampleShape[2],
      base,
      maxFilters,
      dropout,
      upsampling,
      noise,
      seed,
    })
    const discriminator = patchDiscriminator({
      inputShape: sampleShape,
      base: discriminatorBase,
      patch,
      seed,
      ...(conditional && { conditionShape: inputShape }),
    })
    if (styles) {
      const { encoderBase, ...weights } = styles
      const { optimizers, clipNorm } = parts
      return bicycleGan({
        generator,
        discriminator,
        encoder: styleEncoder({ inputShape: sampleShape, size: noise, base: encoderBase, seed }),
        objective,
        optimizers,
        ...(clipNorm && { clipNorm }),
        ...weights,
      })
    }
    return pix2pix({
      gan: {
        generator,
        discriminator,
        condition: { kind: 'image', shape: inputShape },
        sampleShape,
        ...(noise > 0 && { latent: styleNoise(noise) }),
      },
      objective,
      ...parts,
      ...(!adversarial && { content: { steps: Number.POSITIVE_INFINITY, terms: objective.terms ?? [] } }),
    })
  },
})
