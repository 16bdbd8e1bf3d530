import { GankitError, type Objective } from '@gankit/core'
import { reduceBicubic } from '@gankit/datasets'
import {
  createGameParts,
  defineApp,
  resolveFolder,
  type SamplePicture,
  type StreamsApp,
} from '@gankit/experiment'
import { patchDiscriminator, pix2pix, srResnet } from '@gankit/image-to-image'
import { l1, perceptual, withTerms } from '@gankit/losses'
import { cartoonFaceLayers, type ImageLayers } from '@gankit/metrics'
import * as tf from '@tensorflow/tfjs'
import { type EnlargingModel, presets } from './presets.ts'

type Size = [height: number, width: number, channels: number]

/** Read once, and kept as long as the process. */
let faceLayers: ImageLayers | undefined

/** Small pictures become four times as high and wide. */
export const app: StreamsApp<EnlargingModel, 'low' | 'high'> = defineApp({
  name: 'super-resolution',
  title: 'Pictures four times as large with SRResNet and SRGAN',
  presets,
  defaultPreset: 'quick',
  unused: ['latentSize'],
  streams: {
    low: { default: 'cartoon:10000', kinds: { samples: 'images' }, options: { size: 64, reduce: 4 } },
    high: { default: 'cartoon:10000', kinds: { samples: 'images' }, options: { size: 64 } },
  },
  paired: true,
  samples: {
    from: 'low',
    like: 'high',
    measures: ['psnr-y', 'ssim-y', 'psnr-rgb', 'back-projection'],
    crop: 4,
    reduce: shrink,
  },
  // From sources and from what is built, the folder is one up.
  generator: resolveFolder('../generator', import.meta.url),
  async load({ model }) {
    if (model.perceptualWeight) faceLayers ??= await cartoonFaceLayers()
  },
  createGame({ model, streams, seed, training }) {
    const [low, high] = [streams.low.sampleShape, streams.high.sampleShape] as [Size, Size]
    const { scale, base, blocks, endKernel, discriminatorBase, patch, contentSteps } = model
    const { objective, ...parts } = createGameParts(training)
    if (high[0] !== scale * low[0] || high[1] !== scale * low[1])
      throw new GankitError(
        'super-resolution',
        'data',
        `pictures of low are ${low[0]}×${low[1]} and of high ${high[0]}×${high[1]}, expected high ones ${scale} times as large: --size SIZE --reduce low=${scale}`,
      )
    return pix2pix({
      gan: {
        generator: srResnet({ inputShape: low, scale, base, blocks, endKernel, addsToInput: true, seed }),
        discriminator: patchDiscriminator({ inputShape: high, base: discriminatorBase, patch, seed }),
        condition: { kind: 'image', shape: low },
        sampleShape: high,
      },
      streams: { input: 'low', target: 'high' },
      content: { steps: contentSteps, terms: [l1({ weight: 100 })] },
      ...parts,
      objective: addPerceptual(objective, model),
    })
  },
})

/** The objective, and what the network for cartoon faces sees in pictures where that weighs anything. */
function addPerceptual(objective: Objective, { perceptualWeight = 0 }: EnlargingModel): Objective {
  if (perceptualWeight === 0) return objective
  if (!faceLayers)
    throw new GankitError(
      'super-resolution',
      'option',
      `perceptualWeight is ${perceptualWeight} and the network that it needs isn't loaded: await app.load({ model, training }) before createGame, as buildTrainer does`,
    )
  const { layers } = faceLayers
  // The network knows colors alone: gray is the same thrice.
  const features = (samples: tf.Tensor) =>
    layers(samples.shape[3] === 1 ? tf.tile(samples, [1, 1, 1, 3]) : samples)
  return withTerms(objective, perceptual({ weight: perceptualWeight, features }))
}

/** A picture as small as the ones that come in, made in the same way. */
function shrink({ values, shape: [height, width, channels] }: SamplePicture): SamplePicture {
  const small = reduceBicubic({ data: Float32Array.from(values), width, height, channels }, 4)
  return { values: small.data, shape: [small.height, small.width, channels] }
}
