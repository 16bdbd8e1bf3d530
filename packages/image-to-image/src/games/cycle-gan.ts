import {
  checkInteger,
  checkOption,
  forward,
  type Generator,
  joinWeights,
  type Objective,
  type ScalarDescription,
  trainableWeights,
} from '@gankit/core'
import { cycle, identity } from '@gankit/losses'
import {
  type Game,
  inTraining,
  meanProbability,
  type Optimizer,
  samplePool,
  type Update,
} from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { checkPlainObjective } from './passes.ts'

export interface CycleGanOptions<Side extends string = string> {
  /** The two sides, which are the names of the streams: ['photos', 'paintings']. */
  readonly sides: readonly [Side, Side]
  /** From the first side to the second, and from the second to the first: pictures → pictures. */
  readonly generators: readonly [tf.LayersModel, tf.LayersModel]
  /** Of the first side, and of the second: pictures → logits. */
  readonly discriminators: readonly [tf.LayersModel, tf.LayersModel]
  /** Least squares in the paper. */
  readonly objective: Objective
  /** One for both generators together, and one for each discriminator. */
  readonly optimizers: {
    readonly generators: Optimizer
    readonly discriminators: readonly [Optimizer, Optimizer]
  }
  /** The greatest norms of the gradients of both generators together, and of each discriminator. Default: any. */
  readonly clipNorm?: {
    readonly generators?: number | undefined
    readonly discriminators?: number | undefined
  }
  /** What the distance between a picture and its way there and back weighs. Default 10. */
  readonly cycleWeight?: number
  /** What a change of a picture that is on the wanted side already weighs; 0: nothing, and nothing is computed. Default 5. */
  readonly identityWeight?: number
  /** Steps in which the identity counts. Default: all. */
  readonly identitySteps?: number
  /** Earlier fakes that each discriminator may be shown. Default 50. */
  readonly pool?: number
}

/**
 * CycleGAN (Zhu et al. 2017, arXiv 1703.10593): two generators and two discriminators learn to translate between two sides
 * without pairs. A step updates both generators at once, by the discriminators' verdicts, by the way there and back, and by
 * what they do to pictures of the wanted side; then each discriminator, on real pictures and on fakes out of a pool.
 *
 * Weights are those of the paper where the objective is least squares with labels 0 and 1 and without its factor ½.
 * @throws GankitError for options out of range
 */
export function cycleGan<Side extends string>(options: CycleGanOptions<Side>): Game {
  const { sides, optimizers, clipNorm = {}, pool = 50, cycleWeight = 10, identityWeight = 5 } = options
  const { identitySteps = Number.POSITIVE_INFINITY } = options
  checkPlainObjective('CycleGAN', options.objective)
  checkInteger('image-to-image', 'pool', pool, 0)
  for (const [name, weight] of Object.entries({ cycleWeight, identityWeight }))
    checkOption('image-to-image', name, weight, weight >= 0 && Number.isFinite(weight), 'a number from 0')
  const networks = nameNetworks(options)
  const pools = networks.map(({ shape }) => samplePool({ capacity: pool, sampleShape: shape }))
  const players = {
    generators: {
      weights: joinWeights(
        Object.fromEntries(networks.map(({ maker, makes }) => [maker, trainableWeights(makes)])),
      ),
      optimizer: optimizers.generators,
      ...(clipNorm.generators !== undefined && { clipNorm: clipNorm.generators }),
    },
    ...Object.fromEntries(
      networks.map(({ judge, judges }, i) => [
        judge,
        {
          weights: trainableWeights(judges),
          optimizer: optimizers.discriminators[i]!,
          ...(clipNorm.discriminators !== undefined && { clipNorm: clipNorm.discriminators }),
        },
      ]),
    ),
  }
  const weights = { cycle: cycleWeight, identity: identityWeight, identitySteps }
  const generators = updateGenerators(options.objective, networks, weights)
  const discriminators = networks.map((network, i) =>
    updateDiscriminator(options.objective, network, pools[i]!),
  )
  return {
    networks: Object.fromEntries(
      networks.flatMap(({ maker, makes, judge, judges }) => [
        [maker, makes],
        [judge, judges],
      ]),
    ),
    players,
    generators: Object.fromEntries(
      [...networks].reverse().map(({ maker, makes }) => [maker, describeGenerator(makes)]),
    ),
    streams: sides,
    scalars: describeScalars(options.objective, networks),
    state: Object.fromEntries(networks.map(({ side }, i) => [`${side}-pool`, pools[i]!])),
    updatesPerStep: 3,
    rounds: () => [[generators], discriminators],
  }
}

/** One side, who makes pictures of it out of the other's, and who judges them. */
interface SideNetworks {
  readonly side: string
  readonly other: string
  readonly maker: string
  readonly makes: tf.LayersModel
  readonly judge: string
  readonly judges: tf.LayersModel
  readonly shape: readonly number[]
}

function nameNetworks({ sides, generators, discriminators }: CycleGanOptions): [SideNetworks, SideNetworks] {
  const name = (at: 0 | 1): SideNetworks => {
    const [side, other] = [sides[at], sides[at === 0 ? 1 : 0]]
    const makes = generators[at === 0 ? 1 : 0]
    return {
      side,
      other,
      maker: `${other}-to-${side}`,
      makes,
      judge: `judge-${side}`,
      judges: discriminators[at],
      shape: makes.outputs[0]!.shape.slice(1) as number[],
    }
  }
  return [name(0), name(1)]
}

function describeGenerator(model: tf.LayersModel): Generator {
  const [input, output] = [model.inputs[0]!.shape.slice(1), model.outputs[0]!.shape.slice(1)]
  return {
    model,
    condition: { kind: 'image', shape: input as [number, number, number] },
    sampleShape: output as number[],
  }
}

const terms = ['adversarial', 'cycle', 'identity'] as const

function describeScalars({ equilibrium }: Objective, networks: readonly SideNetworks[]): ScalarDescription[] {
  return [
    ...networks.map(({ judge, side }) => ({
      name: `${judge}/loss`,
      label: side,
      chart: 'loss',
      equilibrium: equilibrium.discriminator,
    })),
    ...networks.flatMap(({ judge, side }) =>
      ['real', 'fake'].map(kind => ({
        name: `${judge}/${kind}`,
        label: `${side} ${kind}`,
        chart: 'D(x)',
        digits: 2,
      })),
    ),
    ...terms.map(name => ({ name: `generators/${name}`, label: name, chart: 'terms of the losses' })),
  ]
}

interface TermWeights {
  readonly cycle: number
  readonly identity: number
  readonly identitySteps: number
}

function updateGenerators(
  objective: Objective,
  networks: readonly [SideNetworks, SideNetworks],
  weights: TermWeights,
): Update {
  return {
    player: 'generators',
    nextBatches: networks.map(({ side }) => side),
    loss(context) {
      const real = ({ side }: SideNetworks) => context.batches[side]!.samples
      const parts = networks.map((made, i) => {
        const from = networks[1 - i]!
        const fake = forward(made.makes, real(from), inTraining(context, `${made.maker}/fake`, true))
        const back = forward(from.makes, fake, inTraining(context, `${from.maker}/back`, true))
        const logits = forward(made.judges, fake, inTraining(context, made.judge, false))
        const kept =
          weights.identity > 0 && context.step < weights.identitySteps
            ? identity({ weight: weights.identity }).value({
                original: real(made),
                translated: forward(
                  made.makes,
                  real(made),
                  inTraining(context, `${made.maker}/identity`, true),
                ),
              })
            : undefined
        return {
          shared: [`fake ${made.side}`, fake] as const,
          adversarial: objective.generator(logits),
          cycle:
            weights.cycle > 0
              ? cycle({ weight: weights.cycle }).value({ original: real(from), reconstruction: back })
              : undefined,
          identity: kept,
        }
      })
      const sums = terms.flatMap(name => {
        const values = parts.flatMap(part => part[name] ?? [])
        return values.length > 0 ? [[name, tf.addN(values) as tf.Scalar] as const] : []
      })
      const weighed = sums.map(([name, sum]) => (name === 'adversarial' ? sum : sum.mul(weights[name])))
      return {
        loss: tf.addN(weighed) as tf.Scalar,
        scalars: Object.fromEntries(sums),
        shared: Object.fromEntries(parts.map(({ shared }) => shared)),
      }
    },
  }
}

function updateDiscriminator(
  objective: Objective,
  { side, judge, judges }: SideNetworks,
  pool: ReturnType<typeof samplePool>,
): Update {
  return {
    player: judge,
    currentBatches: [side],
    prepare: ({ shared, random }) => ({
      [`pooled ${side}`]: pool.exchange(shared[`fake ${side}`]!, random('pool')),
    }),
    loss(context) {
      const see = (samples: tf.Tensor, pass: string) =>
        forward(judges, samples, inTraining(context, pass, true))
      const real = see(context.batches[side]!.samples, 'real')
      const fake = see(context.shared[`pooled ${side}`]!, 'fake')
      return {
        loss: objective.discriminator(real, fake),
        scalars: { real: meanProbability(real), fake: meanProbability(fake) },
      }
    },
  }
}
