import {
  type CategoricalCondition,
  forward,
  type Gan,
  GankitError,
  type Objective,
  orderInputs,
  type RandomStream,
  readCondition,
  type ScalarDescription,
  sampleCondition,
  sampleLatent,
  selectGenerator,
  trainableWeights,
} from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { featuresOfHiddenLayers } from './features.ts'
import type { Game, Player, Update, UpdateContext } from './game.ts'
import { inTraining, meanProbability } from './passes.ts'
import { addTerms, computePenalties } from './penalties.ts'

/**
 * A transform of everything that D sees, real and fake samples alike: a differentiable function that keeps their shape.
 * Instance noise is one, DiffAugment another.
 */
export type DiscriminatorTransform = (
  samples: tf.Tensor,
  context: { readonly step: number; readonly random: RandomStream },
) => tf.Tensor

export interface Algorithm1Options {
  readonly gan: Gan
  readonly objective: Objective
  /** One for each network, since each remembers its own weights. */
  readonly optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer }
  /** Updates of D before each update of G, k in the paper. Default 1. */
  readonly discriminatorSteps?: number
  /** First steps in which D alone is updated. Default 0. */
  readonly warmUpDiscriminator?: number
  /** Whether G's update starts from the weights that D's last update started from, not from those it led to. Default false. */
  readonly simultaneous?: boolean
  /** The greatest length of a network's gradient. Default: any. */
  readonly clipNorm?: { readonly generator?: number; readonly discriminator?: number }
  /** Applied to all samples that D judges. Default: nothing. */
  readonly transform?: DiscriminatorTransform
}

/** The one stream of data of Algorithm 1. */
export const realStream = 'real'

/**
 * Algorithm 1 of Goodfellow et al. 2014 (arXiv 1406.2661): k updates of D, then one of G.
 *
 * Batch norm: each network sees real and fake samples in separate passes and normalizes by the batch. Statistics
 * move only in the network that is updated; D's update leaves everything of G as it was, and G's everything of D.
 *
 * Conditions: an update that takes a batch gives both networks the conditions of its samples. G's update takes one where
 * its loss compares with real samples, or where conditions can't be drawn (images, tokens, vectors); else it draws
 * categories as often as their shares say.
 */
export function algorithm1(options: Algorithm1Options): Game {
  const { gan, objective, optimizers, clipNorm } = options
  const { discriminatorSteps: k = 1, warmUpDiscriminator = 0, simultaneous = false } = options
  const player = (name: 'generator' | 'discriminator'): Player => ({
    weights: trainableWeights(gan[name]),
    optimizer: optimizers[name],
    ...(clipNorm?.[name] !== undefined && { clipNorm: clipNorm[name] }),
  })
  const passes = createPasses(options)
  const discriminatorUpdate = updateDiscriminator(options, passes)
  const generatorUpdate = updateGenerator(options, passes)
  const discriminatorRounds = Array<Update>(k)
    .fill(discriminatorUpdate)
    .map(update => [update])
  const rounds = simultaneous
    ? [...discriminatorRounds.slice(1), [discriminatorUpdate, generatorUpdate]]
    : [...discriminatorRounds, [generatorUpdate]]
  return {
    networks: { generator: gan.generator, discriminator: gan.discriminator },
    players: { generator: player('generator'), discriminator: player('discriminator') },
    generators: { generator: selectGenerator(gan) },
    streams: [realStream],
    scalars: describeScalars(objective),
    updatesPerStep: k + 1,
    rounds: step => (step < warmUpDiscriminator ? discriminatorRounds : rounds),
  }
}

function describeScalars({ equilibrium, penalties = [], terms = [] }: Objective): ScalarDescription[] {
  const terminology = (player: string, label: string, names: readonly string[]) =>
    names.map(name => ({
      name: `${player}/${name}`,
      label: `${label} ${name}`,
      chart: 'terms of the losses',
    }))
  return [
    { name: 'discriminator/loss', label: 'D', chart: 'loss', equilibrium: equilibrium.discriminator },
    {
      name: 'generator/loss',
      label: 'G',
      chart: 'loss',
      // With terms beside the verdict G's loss has no value that is known.
      ...(terms.length === 0 && { equilibrium: equilibrium.generator }),
    },
    { name: 'discriminator/real', label: 'real', chart: 'D(x)', digits: 2 },
    { name: 'discriminator/fake', label: 'fake', chart: 'D(x)', digits: 2 },
    { name: 'discriminator/gradient', label: 'D', chart: 'gradient', digits: 2 },
    { name: 'generator/gradient', label: 'G', chart: 'gradient', digits: 2 },
    ...terminology(
      'discriminator',
      'D',
      penalties.map(({ name }) => name),
    ),
    ...terminology(
      'generator',
      'G',
      terms.length > 0 ? ['adversarial', ...terms.map(({ name }) => name)] : [],
    ),
  ]
}

/** The forward passes that both updates are made of. `pass` names a pass's random numbers. */
interface Passes {
  /** Fakes, with the conditions they were made for. */
  generate(context: UpdateContext, moveStatistics: boolean): { samples: tf.Tensor; condition?: tf.Tensor }
  transform(samples: tf.Tensor, context: UpdateContext, pass: string): tf.Tensor
  /** D's logits. */
  discriminate(
    samples: tf.Tensor,
    condition: tf.Tensor | undefined,
    context: UpdateContext,
    pass: string,
    moveStatistics: boolean,
  ): tf.Tensor
}

function createPasses({ gan, transform }: Algorithm1Options): Passes {
  const { generator, discriminator, latent, condition } = gan
  // A discriminator of one input judges samples alone, whatever they were made of.
  const seesCondition = discriminator.inputs.length > 1
  const seenBy = (samples: tf.Tensor, given: tf.Tensor | undefined) =>
    given && seesCondition ? [samples, given] : samples
  const conditionFor = (context: UpdateContext): tf.Tensor | undefined => {
    if (!condition) return undefined
    const batch = context.batches[realStream]
    if (batch) return readCondition(batch, condition)
    return sampleCondition(condition as CategoricalCondition, context.batchSize, context.random('condition'))
  }
  return {
    generate(context, moveStatistics) {
      const noise = latent && sampleLatent(latent, context.batchSize, context.random('latent'))
      const given = conditionFor(context)
      const inputs = { ...(noise && { noise }), ...(given && { condition: given }) }
      const ordered = orderInputs(
        { ...(latent && { noise: latent }), ...(condition && { condition }) },
        inputs,
      )
      const samples = forward(generator, ordered, inTraining(context, 'generator', moveStatistics))
      return { samples, ...(given && { condition: given }) }
    },
    transform: (samples, { step, random }, pass) =>
      transform ? transform(samples, { step, random: random(`${pass}/transform`) }) : samples,
    discriminate: (samples, given, context, pass, moveStatistics) =>
      forward(discriminator, seenBy(samples, given), inTraining(context, pass, moveStatistics)),
  }
}

function updateDiscriminator({ objective }: Algorithm1Options, passes: Passes): Update {
  return {
    player: 'discriminator',
    nextBatches: [realStream],
    loss(context) {
      // No weight of D leads to the fakes, so that no gradient is computed for G.
      const { samples, condition } = passes.generate(context, false)
      const fakeSeen = passes.transform(samples, context, 'fake')
      const fake = passes.discriminate(fakeSeen, condition, context, 'fake', true)
      const realSeen = passes.transform(context.batches[realStream]!.samples, context, 'real')
      const real = passes.discriminate(realSeen, condition, context, 'real', true)
      const penalties = computePenalties(objective.penalties ?? [], context.step, {
        real: realSeen,
        fake: fakeSeen,
        discriminate: given => passes.discriminate(given, condition, context, 'penalty', false),
        random: purpose => context.random(`penalty/${purpose}`),
      })
      const loss = objective.discriminator(real, fake)
      return {
        loss: addTerms(loss, Object.values(penalties)),
        scalars: { real: meanProbability(real), fake: meanProbability(fake), ...penalties },
      }
    },
  }
}

function updateGenerator({ gan, objective }: Algorithm1Options, passes: Passes): Update {
  const { terms = [], comparesWithReal = false } = objective
  const given = gan.condition !== undefined && gan.condition.kind !== 'categories'
  const features = terms.length > 0 ? featuresOfHiddenLayers(gan.discriminator) : undefined
  return {
    player: 'generator',
    // Terms compare with the samples that go with the same conditions, which D has just seen.
    ...(comparesWithReal && { nextBatches: [realStream] }),
    ...((terms.length > 0 || given) && { currentBatches: [realStream] }),
    loss(context) {
      const { samples, condition } = passes.generate(context, true)
      const real = context.batches[realStream]?.samples
      const seen = (these: tf.Tensor, pass: string) =>
        passes.discriminate(passes.transform(these, context, pass), condition, context, pass, false)
      const fake = seen(samples, 'fake')
      const adversarial = objective.generator(fake, comparesWithReal ? seen(real!, 'real') : undefined)
      if (!features) return { loss: adversarial }
      const values = terms.map(term =>
        term.value({
          fake: samples,
          real: real!,
          ...(condition && { condition }),
          features: these =>
            features(
              condition && gan.discriminator.inputs.length > 1 ? [these, condition] : [these],
              inTraining(context, 'features', false),
            ),
        }),
      )
      return {
        loss: addTerms(
          adversarial,
          values.map((value, i) => tf.mul(value, terms[i]!.weight) as tf.Scalar),
        ),
        scalars: { adversarial, ...Object.fromEntries(terms.map(({ name }, i) => [name, values[i]!])) },
      }
    },
  }
}

/** @throws GankitError unless D gives one logit a sample, or a map of them */
export function checkDiscriminator({ discriminator }: Gan): void {
  const { shape } = discriminator.outputs[0]!
  const isLogit = shape.length === 2 || shape.length === 4
  if (isLogit && shape.at(-1) === 1) return
  throw new GankitError(
    'trainer',
    'option',
    `the discriminator gives [${shape.map(side => side ?? 'n').join(', ')}], expected logits: [n, 1], or a map [n, height, width, 1]`,
  )
}
