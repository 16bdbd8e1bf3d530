import {
  checkChoice,
  checkOption,
  forward,
  type Generator,
  type Objective,
  trainableWeights,
} from '@gankit/core'
import {
  type Game,
  inTraining,
  meanProbability,
  type Optimizer,
  type Update,
  type UpdateContext,
} from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { encodeLabels, type Palette } from '../labels.ts'
import { checkPlainObjective, crossEntropy } from './passes.ts'
import { checkUnlabeled, learnFromUnlabeled, type UnlabeledOptions } from './unlabeled.ts'

export interface SegmentationOptions {
  /** Pictures [n, h, w, c] → logits of labels [n, h, w, labels]. */
  readonly segmenter: tf.LayersModel
  /** The same network behind it, with the likeliest labels shown in colors: what is sampled and saved. */
  readonly shown: Generator
  /** D(map, picture): maps [n, h, w, labels] and pictures [n, h, w, c] → logits. Default: nobody judges. */
  readonly discriminator?: tf.LayersModel
  readonly palette: Palette
  /** What D and the segmenter want of D's logits. Default is not given: with a discriminator it is needed. */
  readonly objective: Objective
  readonly optimizers: { readonly segmenter: Optimizer; readonly discriminator: Optimizer }
  /** The greatest norms of the networks' gradients. Default: any. */
  readonly clipNorm?: { readonly segmenter?: number | undefined; readonly discriminator?: number | undefined }
  /** What D's verdict weighs beside the cross-entropy. Default 0.1. */
  readonly adversarialWeight?: number
  /**
   * How D is kept from telling one-hot truth from soft maps by that alone: 'scaled' gives the true label the segmenter's own
   * probability where that is above 0.9, else 0.9, and scales the others (Luc et al. 2016, section 3.2); 'plain' shows it as it is.
   * Default 'scaled'.
   */
  readonly truth?: 'scaled' | 'plain'
  /** First steps in which the segmenter learns by cross-entropy alone. Default 0. */
  readonly contentSteps?: number
  /** Learning from pictures without labels. Default: none. */
  readonly unlabeled?: UnlabeledOptions
  /** The names of the streams. Default 'picture' and 'labels'. */
  readonly streams?: { readonly picture: string; readonly labels: string }
}

/** The least probability of the true label in a scaled truth (Luc et al. 2016, section 3.2). */
const scaledTruth = 0.9

/**
 * Segmentation with an adversary (Luc et al. 2016, arXiv 1611.08408): a network gives each pixel a label, and a discriminator
 * judges whether a map of labels is a true one for its picture, so that maps become right as a whole. With `unlabeled` it learns
 * from pictures without labels too (Hung et al. 2018, arXiv 1802.07934).
 * @throws GankitError for options out of range
 */
export function segmentation(options: SegmentationOptions): Game {
  const { segmenter, shown, discriminator, optimizers, clipNorm = {}, contentSteps = 0 } = options
  const { truth = 'scaled', adversarialWeight = 0.1 } = options
  checkPlainObjective('segmentation', options.objective)
  checkChoice('image-to-image', 'truth', truth, ['scaled', 'plain'])
  const isWeight = Number.isFinite(adversarialWeight) && adversarialWeight >= 0
  checkOption('image-to-image', 'adversarialWeight', adversarialWeight, isWeight, 'a number from 0')
  checkOption(
    'image-to-image',
    'unlabeled',
    'given',
    !options.unlabeled || discriminator !== undefined,
    'a discriminator beside it',
  )
  const streams = options.streams ?? { picture: 'picture', labels: 'labels' }
  const unlabeled = options.unlabeled && checkUnlabeled(options.unlabeled)
  const resolved: Resolved = { ...options, streams, truth, adversarialWeight, unlabeled }
  const judging = discriminator ? [[updateDiscriminator(resolved, discriminator)]] : []
  const [alone, judged] = [updateSegmenter(resolved, false), updateSegmenter(resolved, true)]
  const all = unlabeled ? updateSegmenter(resolved, true, unlabeled) : judged
  return {
    // What is shown has the segmenter in it.
    networks: { segmenter: shown.model, ...(discriminator && { discriminator }) },
    players: {
      segmenter: {
        weights: trainableWeights(segmenter),
        optimizer: optimizers.segmenter,
        ...(clipNorm.segmenter !== undefined && { clipNorm: clipNorm.segmenter }),
      },
      ...(discriminator && {
        discriminator: {
          weights: trainableWeights(discriminator),
          optimizer: optimizers.discriminator,
          ...(clipNorm.discriminator !== undefined && { clipNorm: clipNorm.discriminator }),
        },
      }),
    },
    generators: { segmenter: shown },
    streams: [streams.picture, streams.labels, ...(unlabeled ? [unlabeled.stream] : [])],
    scalars: describeScalars(resolved),
    updatesPerStep: 2,
    rounds(step) {
      if (!discriminator || step < contentSteps) return [[alone]]
      return [...judging, [step >= (unlabeled?.from ?? 0) ? all : judged]]
    },
  }
}

interface Resolved extends Omit<SegmentationOptions, 'unlabeled'> {
  readonly streams: { readonly picture: string; readonly labels: string }
  readonly truth: 'scaled' | 'plain'
  readonly adversarialWeight: number
  readonly unlabeled: Required<UnlabeledOptions> | undefined
}

function describeScalars({ objective, discriminator, unlabeled }: Resolved) {
  const terms = [
    'cross-entropy',
    ...(discriminator ? ['adversarial'] : []),
    ...(unlabeled ? ['own-labels'] : []),
  ]
  return [
    { name: 'segmenter/loss', label: 'segmenter', chart: 'loss' },
    ...(discriminator
      ? [
          {
            name: 'discriminator/loss',
            label: 'D',
            chart: 'loss',
            equilibrium: objective.equilibrium.discriminator,
          },
          { name: 'discriminator/real', label: 'real', chart: 'D(x)', digits: 2 },
          { name: 'discriminator/fake', label: 'fake', chart: 'D(x)', digits: 2 },
        ]
      : []),
    ...terms.map(name => ({ name: `segmenter/${name}`, label: name, chart: 'terms of the losses' })),
    ...(unlabeled
      ? [{ name: 'segmenter/trusted', label: 'trusted', chart: 'own labels taken for true', digits: 2 }]
      : []),
  ]
}

function updateSegmenter(
  { segmenter, discriminator, palette, objective, streams, adversarialWeight }: Resolved,
  isJudged: boolean,
  unlabeled?: Required<UnlabeledOptions>,
): Update {
  const judge = (map: tf.Tensor, picture: tf.Tensor, context: UpdateContext, pass: string) =>
    forward(discriminator!, [map, picture], inTraining(context, pass, false))
  return {
    player: 'segmenter',
    // Where D has had its turn, it has taken the batch.
    ...(isJudged
      ? { currentBatches: [streams.picture, streams.labels] }
      : { nextBatches: [streams.picture, streams.labels] }),
    ...(unlabeled && { nextBatches: [unlabeled.stream] }),
    loss(context) {
      const picture = context.batches[streams.picture]!.samples
      const truth = encodeLabels(context.batches[streams.labels]!.samples, palette)
      const logits = forward(segmenter, picture, inTraining(context, 'segmenter', true))
      const content = tf.mean(crossEntropy(logits, truth)) as tf.Scalar
      const scalars: Record<string, tf.Scalar> = { 'cross-entropy': content }
      const parts: tf.Tensor[] = [content]
      if (isJudged) {
        const adversarial = objective.generator(judge(tf.softmax(logits), picture, context, 'map'))
        scalars['adversarial'] = adversarial
        parts.push(adversarial.mul(adversarialWeight))
      }
      if (unlabeled) {
        const { stream, threshold, ...weights } = unlabeled
        const own = context.batches[stream]!.samples
        const logits = forward(segmenter, own, inTraining(context, 'unlabeled', false))
        const verdict = judge(tf.softmax(logits), own, context, 'unlabeled map')
        const learned = learnFromUnlabeled({ logits, verdict }, objective, threshold)
        scalars['own-labels'] = learned.ownLabels
        scalars['trusted'] = learned.trusted
        parts.push(
          learned.adversarial.mul(weights.adversarialWeight),
          learned.ownLabels.mul(weights.ownLabelsWeight),
        )
      }
      return { loss: tf.addN(parts) as tf.Scalar, scalars }
    },
  }
}

function updateDiscriminator(options: Resolved, discriminator: tf.LayersModel): Update {
  const { segmenter, palette, objective, streams, truth } = options
  return {
    player: 'discriminator',
    nextBatches: [streams.picture, streams.labels],
    loss(context) {
      const picture = context.batches[streams.picture]!.samples
      const labels = encodeLabels(context.batches[streams.labels]!.samples, palette)
      // No weight of D leads to the maps, so that no gradient is computed for the segmenter.
      const maps = tf.softmax(forward(segmenter, picture, inTraining(context, 'segmenter', false)))
      const shown = truth === 'scaled' ? scaleTruth(labels, maps) : labels
      const see = (map: tf.Tensor, pass: string) =>
        forward(discriminator, [map, picture], inTraining(context, pass, true))
      const [real, fake] = [see(shown, 'real'), see(maps, 'fake')]
      return {
        loss: objective.discriminator(real, fake),
        scalars: { real: meanProbability(real), fake: meanProbability(fake) },
      }
    },
  }
}

/**
 * Truth as soft as a map: the true label has max(0.9, s) where the map gives it s, and the others share the rest as in the map.
 * @param labels one-hot, [n, h, w, labels]
 */
function scaleTruth(labels: tf.Tensor, maps: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const given = tf.sum(tf.mul(labels, maps), -1, true)
    const wanted = tf.maximum(given, scaledTruth)
    const others = tf.div(tf.sub(1, wanted), tf.maximum(tf.sub(1, given), 1e-7))
    return tf.add(tf.mul(labels, wanted), tf.mul(tf.mul(tf.sub(1, labels), maps), others))
  })
}
