import { GankitError } from '@gankit/core'
import { cartoonLabels, cartoonStyles } from '@gankit/datasets'
import {
  algorithm1Settings,
  createGameParts,
  defineApp,
  resolveFolder,
  type StreamsApp,
} from '@gankit/experiment'
import { labelColors, type Palette, patchDiscriminator, segmentation, uNet } from '@gankit/image-to-image'
import * as tf from '@tensorflow/tfjs'
import { presets, type SegmentationModel } from './presets.ts'

type Size = [height: number, width: number, channels: number]

/** The colors of all labels of all styles, each once: the background, skin, hair and so on. */
const palette: Palette = Object.keys(cartoonStyles)
  .flatMap(style => cartoonLabels(style as keyof typeof cartoonStyles).map(({ color }) => color))
  .filter((color, i, all) => all.findIndex(other => String(other) === String(color)) === i)

/** Every pixel of a face gets a label, with the help of faces without labels where there are some. */
export const app: StreamsApp<SegmentationModel, 'picture' | 'labels', 'unlabeled'> = defineApp({
  name: 'segmentation',
  title: 'Labels of every pixel with a segmenter and an adversary',
  presets,
  defaultPreset: 'quick',
  unused: algorithm1Settings,
  streams: {
    picture: { default: 'cartoon:10000', kinds: { samples: 'images' }, options: { size: 64 } },
    labels: {
      default: 'cartoon:10000',
      kinds: { samples: 'images' },
      options: { size: 64, drawing: 'labels' },
    },
    unlabeled: { kinds: { samples: 'images' }, options: { size: 64 }, optional: true },
  },
  paired: true,
  samples: { from: 'picture', like: 'labels', measures: ['miou', 'pixel-accuracy'], palette },
  // From sources and from what is built, the folder is one up.
  generator: resolveFolder('../generator', import.meta.url),
  createGame({ model, streams, seed, training }) {
    const { base, maxFilters, discriminatorBase, patch, adversarialWeight, contentSteps, unlabeledFrom } =
      model
    const inputShape = streams.picture.sampleShape as Size
    if (streams.unlabeled) checkUnlabeled(streams.unlabeled.sampleShape, inputShape, discriminatorBase > 0)
    const [height, width] = inputShape
    const segmenter = uNet({
      name: 'segmenter',
      inputShape,
      outputChannels: palette.length,
      base,
      maxFilters,
      output: 'linear',
      seed,
    })
    const logits = segmenter.outputs[0]!
    const shown = tf.model({
      name: 'segmenter',
      inputs: segmenter.inputs,
      outputs: labelColors(logits, palette),
    })
    const { objective, optimizers, clipNorm } = createGameParts(training)
    return segmentation({
      segmenter,
      shown: {
        model: shown,
        condition: { kind: 'image', shape: inputShape },
        sampleShape: [height, width, 3],
      },
      palette,
      objective,
      optimizers: { segmenter: optimizers.generator, discriminator: optimizers.discriminator },
      ...(clipNorm && { clipNorm: { segmenter: clipNorm.generator, discriminator: clipNorm.discriminator } }),
      adversarialWeight,
      contentSteps,
      // How sure a map is must be for D to see: by that it says which of the segmenter's own labels are right.
      ...(streams.unlabeled && { truth: 'plain', unlabeled: { from: unlabeledFrom } }),
      ...(discriminatorBase > 0 && {
        discriminator: patchDiscriminator({
          inputShape: [height, width, palette.length],
          conditionShape: inputShape,
          base: discriminatorBase,
          patch,
          seed,
        }),
      }),
    })
  },
})

/** @throws GankitError for pictures of another shape, and where there is no discriminator to say which of their labels are right */
function checkUnlabeled(shape: readonly number[], expected: Size, isJudged: boolean): void {
  if (!isJudged)
    throw new GankitError(
      'segmentation',
      'option',
      'the stream unlabeled has data, and this preset has no discriminator, which says where labels of its pictures are right: add --preset adversarial',
    )
  if (String(shape) !== String(expected))
    throw new GankitError(
      'segmentation',
      'data',
      `the pictures of unlabeled are ${shape.join('×')} and those of picture ${expected.join('×')}, expected one shape: give --size and --channels to all streams`,
    )
}
