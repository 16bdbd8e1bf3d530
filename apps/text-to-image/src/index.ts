import { GankitError } from '@gankit/core'
import { createDcgan } from '@gankit/dcgan'
import { createGameParts, defineApp, type GameApp } from '@gankit/experiment'
import { ganCls, pictureEncoder, textEncoder } from '@gankit/gan-cls'
import { adam } from '@gankit/trainer'
import { type CaptionModel, presets } from './presets.ts'

/** Captions become pictures of faces, of birds, or of whatever pictures with captions it learned from. */
export const app: GameApp<CaptionModel> = defineApp({
  name: 'text-to-image',
  title: 'Pictures from captions, with GAN-CLS and GAN-INT',
  presets,
  defaultPreset: 'quick',
  // The game has one update of each network a step.
  unused: ['discriminatorSteps', 'warmUpDiscriminator', 'simultaneous'],
  data: {
    default: 'cartoon:20000',
    kinds: { samples: 'images', option: 'size' },
    options: { size: 64, channels: 3, captions: 'both' },
  },
  createGame({ model, latentSize, sampleShape, seed, condition, training }) {
    if (condition?.kind !== 'tokens')
      throw new GankitError(
        'text-to-image',
        'data',
        `the data have ${condition ? `conditions of the kind ${condition.kind}` : 'no captions'}, expected a caption for each picture: add --captions both for faces and birds, or --captions FILE.tsv for pictures of your own`,
      )
    const { networks, captionSize, encoderBase, encoderLearningRate, encoderSteps, ...learning } = model
    const imageShape = sampleShape as [number, number, number]
    const { objective, optimizers, clipNorm, transform } = createGameParts(training)
    return ganCls({
      gan: createDcgan({
        ...networks,
        latent: { ...networks.latent, size: latentSize },
        imageShape,
        seed,
        condition: { kind: 'vector', size: captionSize },
      }),
      textEncoder: textEncoder({ captions: condition, size: captionSize, seed }),
      pictureEncoder: pictureEncoder({ inputShape: imageShape, size: captionSize, base: encoderBase, seed }),
      captions: condition,
      objective,
      optimizers: { ...optimizers, encoder: adam({ learningRate: encoderLearningRate }) },
      ...(clipNorm && { clipNorm }),
      ...(transform && { transform }),
      encoderSteps,
      ...learning,
    })
  },
})
