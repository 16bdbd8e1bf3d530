import { forward, type Objective, type ScalarDescription, sampleLatent, trainableWeights } from '@gankit/core'
import {
  addTerms,
  computePenalties,
  type DiscriminatorTransform,
  type Game,
  inTraining,
  meanProbability,
  type Optimizer,
  type Player,
  realStream,
  type Update,
  type UpdateContext,
} from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { type CaptionedNetworks, captionedGenerator } from '../generator.ts'
import { checkGanCls } from './check.ts'
import { embedCaptions, encoderWeights, matchingScalar, updateEncoders } from './encoders.ts'
import { type MatchingLoss, matchingLoss } from './matching.ts'

export interface GanClsOptions extends CaptionedNetworks {
  /** Pictures → as many numbers as the text encoder gives, a `pictureEncoder`. */
  readonly pictureEncoder: tf.LayersModel
  readonly objective: Objective
  /** The encoder's is that of both encoders. */
  readonly optimizers: {
    readonly generator: Optimizer
    readonly discriminator: Optimizer
    readonly encoder: Optimizer
  }
  /** The greatest norms of the networks' gradients. Default: any. */
  readonly clipNorm?: {
    readonly generator?: number | undefined
    readonly discriminator?: number | undefined
    readonly encoder?: number | undefined
  }
  /** Whether D sees real pictures with captions of others, too, which it should refuse: GAN-CLS. Default true. */
  readonly mismatched?: boolean
  /** The share of G's batch whose captions are half way between two: GAN-INT. From 0 to 1, default 0.5. */
  readonly interpolated?: number
  /** What it weighs that the picture encoder finds G's picture by its caption. Default 0: nothing. */
  readonly matchingWeight?: number
  /** What similarities are divided by where captions and pictures find one another. Default 0.1. */
  readonly temperature?: number
  /** First steps, after which the encoders rest. Default: they learn to the end. */
  readonly encoderSteps?: number
  /** Applied to all samples that D judges. Default: nothing. */
  readonly transform?: DiscriminatorTransform
}

/**
 * GAN-CLS and GAN-INT (Reed et al. 2016, arXiv 1605.05396), with a text encoder that learns in the same run: it and a picture encoder
 * learn to find which caption of a batch goes with which picture. D learns from real pictures with their captions, and from two kinds
 * of wrong pairs, half each: fakes with their captions, and real pictures with captions of others. G learns from captions of the
 * batch and from captions half way between two of them, which nobody has written.
 *
 * A step updates the encoders, then D, then G, all on one batch. Neither D's nor G's loss changes the encoders.
 * @throws GankitError for options out of range, and for networks that don't fit together
 */
export function ganCls(options: GanClsOptions): Game {
  const resolved: Resolved = {
    mismatched: true,
    interpolated: 0.5,
    matchingWeight: 0,
    temperature: 0.1,
    encoderSteps: Number.POSITIVE_INFINITY,
    ...options,
  }
  checkGanCls(resolved)
  const { gan, pictureEncoder, optimizers, clipNorm = {}, encoderSteps } = resolved
  const matching = matchingLoss(resolved.temperature)
  const generator = captionedGenerator(resolved)
  const player = (name: keyof typeof optimizers, weights: Player['weights']): Player => ({
    weights,
    optimizer: optimizers[name],
    ...(clipNorm[name] !== undefined && { clipNorm: clipNorm[name] }),
  })
  const encoderUpdate = updateEncoders(resolved, matching)
  const others = [[updateDiscriminator(resolved)], [updateGenerator(resolved, matching)]]
  return {
    networks: {
      generator: generator.model,
      discriminator: gan.discriminator,
      'picture-encoder': pictureEncoder,
    },
    players: {
      encoder: player('encoder', encoderWeights(resolved)),
      discriminator: player('discriminator', trainableWeights(gan.discriminator)),
      generator: player('generator', trainableWeights(gan.generator)),
    },
    generators: { generator },
    streams: [realStream],
    scalars: describeScalars(resolved),
    updatesPerStep: 3,
    rounds: step => (step < encoderSteps ? [[encoderUpdate], ...others] : others),
  }
}

type Resolved = GanClsOptions &
  Required<
    Pick<GanClsOptions, 'mismatched' | 'interpolated' | 'matchingWeight' | 'temperature' | 'encoderSteps'>
  >

function describeScalars({ objective, mismatched, matchingWeight }: Resolved): ScalarDescription[] {
  const { equilibrium, penalties = [] } = objective
  const verdicts = ['real', ...(mismatched ? ['mismatched'] : []), 'fake']
  return [
    { name: 'discriminator/loss', label: 'D', chart: 'loss', equilibrium: equilibrium.discriminator },
    {
      name: 'generator/loss',
      label: 'G',
      chart: 'loss',
      ...(matchingWeight === 0 && { equilibrium: equilibrium.generator }),
    },
    ...verdicts.map(name => ({ name: `discriminator/${name}`, label: name, chart: 'D(x)', digits: 2 })),
    matchingScalar,
    ...(matchingWeight > 0
      ? [{ name: 'generator/matching', label: 'captions and fakes', chart: 'matching' }]
      : []),
    { name: 'discriminator/gradient', label: 'D', chart: 'gradient', digits: 2 },
    { name: 'generator/gradient', label: 'G', chart: 'gradient', digits: 2 },
    ...penalties.map(({ name }) => ({
      name: `discriminator/${name}`,
      label: `D ${name}`,
      chart: 'terms of the losses',
    })),
  ]
}

/** Fakes of embedded captions. */
function paint(
  { gan }: Resolved,
  embedded: tf.Tensor,
  context: UpdateContext,
  moveStatistics: boolean,
): tf.Tensor {
  const noise = gan.latent && sampleLatent(gan.latent, context.batchSize, context.random('latent'))
  return forward(
    gan.generator,
    noise ? [noise, embedded] : embedded,
    inTraining(context, 'generator', moveStatistics),
  )
}

function transformWith({ transform }: Resolved, samples: tf.Tensor, context: UpdateContext, pass: string) {
  const { step, random } = context
  return transform ? transform(samples, { step, random: random(`${pass}/transform`) }) : samples
}

function updateDiscriminator(options: Resolved): Update {
  const { gan, objective, mismatched } = options
  return {
    player: 'discriminator',
    currentBatches: [realStream],
    loss(context) {
      const embedded = embedCaptions(options, context)
      const judge = (samples: tf.Tensor, captions: tf.Tensor, pass: string, moveStatistics = true) =>
        forward(gan.discriminator, [samples, captions], inTraining(context, pass, moveStatistics))
      const fakeSeen = transformWith(options, paint(options, embedded, context, false), context, 'fake')
      const realSeen = transformWith(options, context.batches[realStream]!.samples, context, 'real')
      const [real, fake] = [judge(realSeen, embedded, 'real'), judge(fakeSeen, embedded, 'fake')]
      const wrong = mismatched ? judge(realSeen, nextRows(embedded), 'mismatched', false) : undefined
      const penalties = computePenalties(objective.penalties ?? [], context.step, {
        real: realSeen,
        fake: fakeSeen,
        discriminate: samples => judge(samples, embedded, 'penalty', false),
        random: purpose => context.random(`penalty/${purpose}`),
      })
      // The mean over both kinds of wrong pairs is half of each, as in the paper.
      const refused = wrong ? tf.concat([fake, wrong]) : fake
      return {
        loss: addTerms(objective.discriminator(real, refused), Object.values(penalties)),
        scalars: {
          real: meanProbability(real),
          fake: meanProbability(fake),
          ...(wrong && { mismatched: meanProbability(wrong) }),
          ...penalties,
        },
      }
    },
  }
}

function updateGenerator(options: Resolved, matching: MatchingLoss): Update {
  const { gan, objective, interpolated, matchingWeight, pictureEncoder } = options
  return {
    player: 'generator',
    currentBatches: [realStream],
    loss(context) {
      const written = embedCaptions(options, context)
      const between = Math.round(interpolated * context.batchSize)
      const embedded = between > 0 ? interpolateRows(written, between) : written
      const fakes = paint(options, embedded, context, true)
      const seen = transformWith(options, fakes, context, 'fake')
      const verdict = forward(gan.discriminator, [seen, embedded], inTraining(context, 'fake', false))
      const adversarial = objective.generator(verdict)
      if (matchingWeight === 0) return { loss: adversarial }
      const found = matching({
        captions: embedded,
        pictures: forward(pictureEncoder, fakes, inTraining(context, 'found', false)),
      })
      return {
        loss: addTerms(adversarial, [tf.mul(found, matchingWeight) as tf.Scalar]),
        scalars: { adversarial, matching: found },
      }
    },
  }
}

/** Each row's next one, and the first one for the last: captions of other pictures. */
function nextRows(rows: tf.Tensor): tf.Tensor {
  const [n, size] = rows.shape as [number, number]
  return tf.concat([rows.slice([1, 0], [n - 1, size]), rows.slice([0, 0], [1, size])])
}

/** Rows of which the first `count` are half way to their next ones. */
function interpolateRows(rows: tf.Tensor, count: number): tf.Tensor {
  const [n, size] = rows.shape as [number, number]
  const half = tf.mul(tf.add(rows, nextRows(rows)), 0.5)
  if (count >= n) return half
  return tf.concat([half.slice([0, 0], [count, size]), rows.slice([count, 0], [n - count, size])])
}
