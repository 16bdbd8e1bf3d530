import {
  checkInteger,
  checkOption,
  forward,
  GankitError,
  joinWeights,
  type Objective,
  trainableWeights,
} from '@gankit/core'
import { patchNce } from '@gankit/losses'
import { type Game, inTraining, meanProbability, type Optimizer, type Update } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { checkPlainObjective, describeScalars } from './passes.ts'
import { contrastPlaces, type TranslateAndContrast } from './place-contrast.ts'

export interface CutOptions<Side extends string = string> {
  /** From which side to which, by the names of the streams: ['photos', 'paintings']. */
  readonly sides: readonly [from: Side, to: Side]
  /** Pictures of the first side → pictures of the second, of the same shape. */
  readonly generator: tf.LayersModel
  /** Of the second side: pictures → logits. */
  readonly discriminator: tf.LayersModel
  /** By the names of G's layers networks that project what these make of a place: `projectionHeads({ generator })`. */
  readonly heads: Readonly<Record<string, tf.LayersModel>>
  /** Least squares in the paper. */
  readonly objective: Objective
  /** One for the generator together with the heads, and one for the discriminator. */
  readonly optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer }
  /** The greatest norms of the gradients of the generator with its heads, and of the discriminator. Default: any. */
  readonly clipNorm?: { readonly generator?: number | undefined; readonly discriminator?: number | undefined }
  /** What the contrast between a picture and its translation weighs. Default 1; 10 in FastCUT. */
  readonly contrastWeight?: number
  /**
   * What the contrast weighs between a picture that is on the wanted side already and what G makes of it; 0, as in FastCUT: nothing,
   * and nothing is computed. Default 1.
   */
  readonly identityWeight?: number
  /** Places of each layer that are compared, drawn anew in each step; all where a layer has no more. Default 256. */
  readonly places?: number
  /** What similarities are divided by. Default 0.07. */
  readonly temperature?: number
}

/**
 * CUT, contrastive unpaired translation (Park et al. 2020, arXiv 2007.15651): one generator learns to translate from one side to the
 * other without pairs and without a way back. What keeps a translation about its original is a contrast: to the first layers of the
 * generator itself, each place of the translation must look more like its own place of the original than like the other places.
 *
 * A step updates the generator and the heads at once, by one optimizer, then the discriminator on real pictures and on the same fakes.
 * The paper's code has the discriminator first, and a second optimizer with the same settings for the heads.
 *
 * Weights are those of the paper, for the mean over layers and places as in its code. The code also halves the sum of both contrasts,
 * and its squares have no factor ½: 0.25 and 0.25 beside `leastSquares` with labels 0 and 1 make its proportions, 5 and 0 FastCUT's.
 * @throws GankitError for options out of range, and for networks that don't fit together
 */
export function cut<Side extends string>(options: CutOptions<Side>): Game {
  const { sides, generator, discriminator, heads, optimizers, clipNorm = {} } = options
  const { contrastWeight = 1, identityWeight = 1, places = 256, temperature = 0.07 } = options
  checkPlainObjective('CUT', options.objective)
  checkInteger('image-to-image', 'places', places, 2)
  checkOption(
    'image-to-image',
    'identityWeight',
    identityWeight,
    identityWeight >= 0 && Number.isFinite(identityWeight),
    'a number from 0',
  )
  const shape = checkShapes(generator)
  const contrast = contrastPlaces(generator, heads, places, patchNce({ weight: contrastWeight, temperature }))
  const name = `${sides[0]}-to-${sides[1]}`
  const networks = {
    [name]: generator,
    ...Object.fromEntries(Object.entries(heads).map(([layer, head]) => [`head-${layer}`, head])),
  }
  const weights = { contrast: contrastWeight, identity: identityWeight }
  const updates = [[updateGenerator(options, contrast, weights)], [updateDiscriminator(options)]]
  return {
    networks: { ...networks, discriminator },
    players: {
      generator: {
        weights: joinWeights(
          Object.fromEntries(
            Object.entries(networks).map(([name, network]) => [name, trainableWeights(network)]),
          ),
        ),
        optimizer: optimizers.generator,
        ...(clipNorm.generator !== undefined && { clipNorm: clipNorm.generator }),
      },
      discriminator: {
        weights: trainableWeights(discriminator),
        optimizer: optimizers.discriminator,
        ...(clipNorm.discriminator !== undefined && { clipNorm: clipNorm.discriminator }),
      },
    },
    generators: { [name]: { model: generator, condition: { kind: 'image', shape }, sampleShape: shape } },
    streams: sides,
    scalars: describeScalars(options.objective, [
      'adversarial',
      'contrast',
      ...(identityWeight > 0 ? ['identity'] : []),
    ]),
    updatesPerStep: 2,
    rounds: () => updates,
  }
}

/** @returns the shape of pictures on both sides */
function checkShapes({ inputs, outputs }: tf.LayersModel): [number, number, number] {
  const [input, output] = [inputs[0]!, outputs[0]!].map(({ shape }) => shape.slice(1))
  if (String(input) === String(output)) return input as [number, number, number]
  throw new GankitError(
    'image-to-image',
    'option',
    `the generator of CUT makes pictures of [${output!.join(', ')}] from [${input!.join(', ')}], expected the same shape: its own layers look at both. Take pictures of one size, all in color or all gray`,
  )
}

function updateGenerator(
  { sides: [from, to], discriminator, objective }: CutOptions,
  translate: TranslateAndContrast,
  weights: { readonly contrast: number; readonly identity: number },
): Update {
  const hasIdentity = weights.identity > 0
  return {
    player: 'generator',
    nextBatches: [from, ...(hasIdentity ? [to] : [])],
    loss(context) {
      const { output: fake, contrast } = translate(context, context.batches[from]!.samples, 'fake')
      const adversarial = objective.generator(
        forward(discriminator, fake, inTraining(context, 'judged', false)),
      )
      const identity = hasIdentity
        ? translate(context, context.batches[to]!.samples, 'identity').contrast
        : undefined
      const parts = [
        adversarial,
        contrast.mul(weights.contrast),
        ...(identity ? [identity.mul(weights.identity)] : []),
      ]
      return {
        loss: tf.addN(parts) as tf.Scalar,
        scalars: { adversarial, contrast, ...(identity && { identity }) },
        shared: { fake },
      }
    },
  }
}

function updateDiscriminator({ sides: [, to], discriminator, objective }: CutOptions): Update {
  return {
    player: 'discriminator',
    currentBatches: [to],
    loss(context) {
      const see = (samples: tf.Tensor, pass: string) =>
        forward(discriminator, samples, inTraining(context, pass, true))
      const [real, fake] = [see(context.batches[to]!.samples, 'real'), see(context.shared['fake']!, 'fake')]
      return {
        loss: objective.discriminator(real, fake),
        scalars: { real: meanProbability(real), fake: meanProbability(fake) },
      }
    },
  }
}
