import {
  checkOption,
  forward,
  GankitError,
  joinWeights,
  type Objective,
  sampleLatent,
  trainableWeights,
} from '@gankit/core'
import { l1 } from '@gankit/losses'
import {
  type Game,
  inTraining,
  meanProbability,
  type Optimizer,
  type Update,
  type UpdateContext,
} from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { styleNoise } from '../networks/u-net.ts'
import { checkPlainObjective, describeScalars } from './passes.ts'

export interface BicycleGanOptions {
  /** G(z, c): a style and a picture → a picture, such as a `uNet` with `noise`. */
  readonly generator: tf.LayersModel
  /** D(x, c), or D(x) that judges pictures alone. */
  readonly discriminator: tf.LayersModel
  /** E(x): a picture → means and logarithms of variances of its style, a `styleEncoder` of as many numbers as G's noise has. */
  readonly encoder: tf.LayersModel
  /** The names of the streams: what goes in, and what should come out. Default 'input' and 'target'. */
  readonly streams?: { readonly input: string; readonly target: string }
  /** Least squares in the paper. */
  readonly objective: Objective
  /** One for the generator together with the encoder, and one for the discriminator. */
  readonly optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer }
  /** The greatest norms of the gradients of the generator with its encoder, and of the discriminator. Default: any. */
  readonly clipNorm?: { readonly generator?: number | undefined; readonly discriminator?: number | undefined }
  /** What the L1 distance to the target weighs where G is given the target's own style. Default 10. */
  readonly l1Weight?: number
  /** What the distance between a drawn style and the one that E finds in the picture weighs. Default 0.5. */
  readonly latentWeight?: number
  /** What the distance of E's styles from the standard normal distribution weighs. Default 0.01. */
  readonly klWeight?: number
}

/**
 * BicycleGAN (Zhu et al. 2017, arXiv 1711.11586): several answers to one drawing. In training an encoder tells G the style of the right
 * answer, so that it has no reason to draw the mean of all answers; and what G draws of a style that is drawn at random must let the
 * encoder find that style again, so that it can't overlook it.
 *
 * A step updates the generator and the encoder at once, then the discriminator on real pictures and on the same fakes of both kinds, each
 * kind by half. The paper has a discriminator of its own for each kind, and sees each kind in one half of the batch. As in the
 * paper the encoder learns nothing from finding drawn styles again: it could otherwise agree with G on signs that nobody sees.
 * @throws GankitError for options out of range, and for networks that don't fit together
 */
export function bicycleGan(options: BicycleGanOptions): Game {
  const { generator, discriminator, encoder, objective, optimizers, clipNorm = {} } = options
  const { streams = { input: 'input', target: 'target' } } = options
  const { l1Weight = 10, latentWeight = 0.5, klWeight = 0.01 } = options
  checkPlainObjective('BicycleGAN', objective)
  const weights = { l1: l1Weight, latent: latentWeight, kl: klWeight }
  for (const [name, weight] of Object.entries(weights))
    checkOption(
      'image-to-image',
      `${name}Weight`,
      weight,
      weight > 0 && Number.isFinite(weight),
      'a number above 0',
    )
  const [style, condition] = checkNetworks(options)
  const updates = [
    [updateGenerator(options, streams, style, weights)],
    [updateDiscriminator(options, streams)],
  ]
  return {
    networks: { generator, encoder, discriminator },
    players: {
      generator: {
        weights: joinWeights({
          generator: trainableWeights(generator),
          encoder: trainableWeights(encoder),
        }),
        optimizer: optimizers.generator,
        ...(clipNorm.generator !== undefined && { clipNorm: clipNorm.generator }),
      },
      discriminator: {
        weights: trainableWeights(discriminator),
        optimizer: optimizers.discriminator,
        ...(clipNorm.discriminator !== undefined && { clipNorm: clipNorm.discriminator }),
      },
    },
    generators: {
      generator: {
        model: generator,
        noise: styleNoise(style),
        condition: { kind: 'image', shape: condition },
        sampleShape: generator.outputs[0]!.shape.slice(1) as number[],
      },
    },
    streams: [streams.input, streams.target],
    scalars: describeScalars(objective, terms),
    updatesPerStep: 2,
    rounds: () => updates,
  }
}

/** @returns numbers of a style, and the shape of what goes in */
function checkNetworks({
  generator,
  encoder,
}: BicycleGanOptions): [style: number, condition: [number, number, number]] {
  const [noise, condition] = generator.inputs.map(({ shape }) => shape.slice(1))
  const found = encoder.outputs[0]!.shape.at(-1)!
  if (!noise || !condition || noise.length !== 1 || condition.length !== 3)
    throw new GankitError(
      'image-to-image',
      'option',
      `the generator of BicycleGAN takes ${generator.inputs.map(({ shape }) => `[${shape.slice(1).join(', ')}]`).join(' and ')}, expected noise and a picture: give \`uNet\` a \`noise\``,
    )
  if (found !== 2 * noise[0]!)
    throw new GankitError(
      'image-to-image',
      'option',
      `the encoder gives ${found} numbers, expected ${2 * noise[0]!}: a mean and a variance for each of the ${noise[0]} numbers of G's noise`,
    )
  return [noise[0]!, condition as [number, number, number]]
}

const terms = ['adversarial', 'l1', 'latent', 'kl'] as const

type Streams = Required<BicycleGanOptions>['streams']

/** D's logits on pictures beside what they were made of, where it sees that. */
function judge(
  { discriminator }: BicycleGanOptions,
  context: UpdateContext,
  samples: tf.Tensor,
  condition: tf.Tensor,
  pass: { readonly name: string; readonly moveStatistics: boolean },
): tf.Tensor {
  const inputs = discriminator.inputs.length > 1 ? [samples, condition] : samples
  return forward(discriminator, inputs, inTraining(context, pass.name, pass.moveStatistics))
}

function updateGenerator(
  options: BicycleGanOptions,
  { input, target }: Streams,
  size: number,
  weights: Readonly<Record<Exclude<(typeof terms)[number], 'adversarial'>, number>>,
): Update {
  const { generator, encoder, objective } = options
  return {
    player: 'generator',
    nextBatches: [input, target],
    loss(context) {
      const [condition, real] = [input, target].map(stream => context.batches[stream]!.samples) as [
        tf.Tensor,
        tf.Tensor,
      ]
      const draw = (purpose: string) =>
        sampleLatent(styleNoise(size), context.batchSize, context.random(purpose))
      const make = (noise: tf.Tensor, pass: string) =>
        forward(generator, [noise, condition], inTraining(context, pass, true))
      const [means, logVariances] = tf.split(
        forward(encoder, real, inTraining(context, 'encoded', true)),
        2,
        1,
      ) as [tf.Tensor, tf.Tensor]
      const own = tf.add(means, tf.mul(tf.exp(tf.mul(logVariances, 0.5)), draw('own style')))
      const drawn = draw('drawn style')
      const [restored, free] = [make(own, 'restored'), make(drawn, 'free')]
      const verdicts = Object.entries({ restored, free }).map(([name, fake]) =>
        objective.generator(judge(options, context, fake, condition, { name, moveStatistics: false })),
      )
      const found = readStyles(encoder, free, size, context)
      const values = {
        adversarial: tf.addN(verdicts) as tf.Scalar,
        l1: l1().value({ fake: restored, real }),
        latent: tf.mean(tf.abs(tf.sub(found, drawn))) as tf.Scalar,
        kl: distanceFromNormal(means, logVariances),
      }
      const weighed = terms.map(name =>
        name === 'adversarial' ? values[name] : (values[name].mul(weights[name]) as tf.Scalar),
      )
      return { loss: tf.addN(weighed) as tf.Scalar, scalars: values, shared: { restored, free } }
    },
  }
}

/** KL(N(μ, σ²) ‖ N(0, 1)), summed over the numbers of a style: the mean over a batch (Kingma and Welling 2013, appendix B). */
function distanceFromNormal(means: tf.Tensor, logVariances: tf.Tensor): tf.Scalar {
  const each = tf.sub(tf.add(tf.square(means), tf.exp(logVariances)), tf.add(logVariances, 1))
  return tf.mul(tf.mean(tf.sum(each, 1)), 0.5) as tf.Scalar
}

/** The means that E finds in pictures. Gradients go to the pictures, and none to E's weights. */
function readStyles(
  encoder: tf.LayersModel,
  pictures: tf.Tensor,
  size: number,
  context: UpdateContext,
): tf.Tensor {
  const read = (x: tf.Tensor) =>
    tf.slice(forward(encoder, x, inTraining(context, 'found', false)), [0, 0], [-1, size])
  return tf.customGrad((x, save) => {
    const given = x as tf.Tensor
    ;(save as tf.GradSaveFunc)([given])
    return {
      value: read(given),
      gradFunc: (dy, [saved]) => tf.grad(read)(saved!, dy as tf.Tensor),
    }
  })(pictures)
}

function updateDiscriminator(options: BicycleGanOptions, { input, target }: Streams): Update {
  const { objective } = options
  return {
    player: 'discriminator',
    currentBatches: [input, target],
    loss(context) {
      const condition = context.batches[input]!.samples
      const see = (samples: tf.Tensor, name: string) =>
        judge(options, context, samples, condition, { name, moveStatistics: true })
      const real = see(context.batches[target]!.samples, 'real')
      const fakes = ['restored', 'free'].map(kind => see(context.shared[kind]!, kind))
      const losses = fakes.map(fake => objective.discriminator(real, fake))
      return {
        loss: tf.mul(tf.addN(losses), 0.5) as tf.Scalar,
        scalars: {
          real: meanProbability(real),
          fake: tf.mul(tf.addN(fakes.map(meanProbability)), 0.5) as tf.Scalar,
        },
      }
    },
  }
}
