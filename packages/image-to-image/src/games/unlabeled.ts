import { checkInteger, checkOption, type Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { crossEntropy, withoutGradient } from './passes.ts'

/** As in Hung et al. 2018 (arXiv 1802.07934), with their values as defaults. */
export interface UnlabeledOptions {
  /** The name of the stream of pictures. Default 'unlabeled'. */
  readonly stream?: string
  /** First steps without them. Default 0; 5,000 of 20,000 in the paper. */
  readonly from?: number
  /** What D's verdict on their maps weighs. Default 0.001. */
  readonly adversarialWeight?: number
  /** What the cross-entropy with the segmenter's own labels weighs, where D takes them for true. Default 0.1. */
  readonly ownLabelsWeight?: number
  /** D's probability above which a place's labels are taken for true: 0 for all of them, 1 for none. Default 0.2. */
  readonly threshold?: number
}

/** @throws GankitError for options out of range */
export function checkUnlabeled({
  stream = 'unlabeled',
  from = 0,
  adversarialWeight = 0.001,
  ownLabelsWeight = 0.1,
  threshold = 0.2,
}: UnlabeledOptions): Required<UnlabeledOptions> {
  checkInteger('image-to-image', 'unlabeled.from', from, 0)
  const weights = { adversarialWeight, ownLabelsWeight }
  for (const [name, weight] of Object.entries(weights))
    checkOption(
      'image-to-image',
      `unlabeled.${name}`,
      weight,
      Number.isFinite(weight) && weight >= 0,
      'a number from 0',
    )
  const isShare = threshold >= 0 && threshold <= 1
  checkOption('image-to-image', 'unlabeled.threshold', threshold, isShare, 'a number from 0 to 1')
  return { stream, from, ...weights, threshold }
}

/** What the segmenter makes of pictures without labels. */
interface UnlabeledMaps {
  /** [n, h, w, labels] */
  readonly logits: tf.Tensor
  /** D's logits of the patches, [n, rows, columns, 1]. */
  readonly verdict: tf.Tensor
}

/** The parts of the loss, and the share of places whose own labels were taken for true. */
interface UnlabeledLosses {
  readonly adversarial: tf.Scalar
  readonly ownLabels: tf.Scalar
  readonly trusted: tf.Scalar
}

/**
 * Where D takes the likeliest labels for true, they are learned as if they were. D's belief and the labels are constants: the
 * segmenter must not learn to change them.
 */
export function learnFromUnlabeled(
  { logits, verdict }: UnlabeledMaps,
  objective: Objective,
  threshold: number,
): UnlabeledLosses {
  const [, height, width, labels] = logits.shape as [number, number, number, number]
  const own = withoutGradient(() => tf.oneHot(logits.argMax(-1).toInt(), labels).toFloat())
  const trusted = withoutGradient(() => {
    const belief = tf.sigmoid(verdict) as tf.Tensor4D
    // By the centers of patches, which lie evenly around the center of the picture.
    const everywhere = tf.image.resizeBilinear(belief, [height, width], false, true)
    return everywhere.greater(threshold).toFloat().squeeze([-1])
  })
  const ownLabels = tf.div(tf.sum(tf.mul(crossEntropy(logits, own), trusted)), tf.maximum(tf.sum(trusted), 1))
  return {
    adversarial: objective.generator(verdict),
    ownLabels: ownLabels as tf.Scalar,
    trusted: tf.mean(trusted) as tf.Scalar,
  }
}
