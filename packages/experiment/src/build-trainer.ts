import { GankitError } from '@gankit/core'
import { createObjective } from '@gankit/losses'
import {
  type Algorithm1Options,
  createGanTrainer,
  createTrainer,
  type DiscriminatorTransform,
  differentiableAugmentation,
  type Game,
  instanceNoise,
  type Trainer,
} from '@gankit/trainer'
import { createOptimizer, createSchedule } from '@gankit/trainer/optimizers'
import { type App, listStreamNames, type StreamsApp } from './app.ts'
import type { RunConfig } from './run-config.ts'
import type { TrainingSettings } from './settings/types.ts'
import type { PerStream, SampleDescription } from './streams.ts'

/**
 * The trainer that a configuration describes; in a page too.
 * @param config of a run, or a preset's `model` and `training` with a seed
 * @param samples what the data are: the shape of one sample, and the condition where there is one; under `streams` by the
 *   name of the stream, where the app has several
 * @throws GankitError for settings that don't fit one another, and for a game that reads other streams than its app says
 */
export async function buildTrainer(
  app: App,
  { model, training, seed }: Pick<RunConfig, 'model' | 'training' | 'seed'>,
  samples: PerStream<SampleDescription>,
): Promise<Trainer> {
  await app.load?.({ model, training })
  const { latentSize, averageDecay } = training
  const averaged = averageDecay === undefined ? {} : { averageDecay }
  if (app.streams) {
    const streams = selectSamples(app, samples)
    const game = app.createGame({ model, latentSize, seed, training, streams })
    checkGameStreams(app, Object.keys(streams), game)
    return createTrainer({ game, seed, ...averaged })
  }
  if (samples.streams) throw wrongStreams(app, Object.keys(samples.streams), 'one stream without a name')
  const { sampleShape, condition } = samples
  const options = { model, latentSize, sampleShape, seed, ...(condition && { condition }) }
  if (app.createGame) {
    const game = app.createGame({ ...options, training })
    if (game.streams.length !== 1) checkGameStreams(app, ['one'], game)
    return createTrainer({ game, seed, ...averaged })
  }
  return createGanTrainer({ gan: app.createGan(options), seed, ...averaged, ...createGameParts(training) })
}

/**
 * What the settings say of a game of a generator against a discriminator: objective, optimizers, updates and transforms. An app with
 * a game of its own makes it of them, as `buildTrainer` does for those without.
 * @throws GankitError for settings that don't fit one another
 */
export function createGameParts(training: TrainingSettings): GameParts {
  const { objective, optimizers, discriminatorSteps, warmUpDiscriminator, simultaneous, clipNorm } = training
  const transform = buildTransform(training)
  return {
    objective: createObjective(objective),
    optimizers: {
      generator: createOptimizer(optimizers.generator),
      discriminator: createOptimizer(optimizers.discriminator),
    },
    discriminatorSteps,
    ...(warmUpDiscriminator !== undefined && { warmUpDiscriminator }),
    ...(simultaneous && { simultaneous }),
    ...(clipNorm && { clipNorm }),
    ...(transform && { transform }),
  }
}

/** The options of Algorithm 1 but for its networks. */
export type GameParts = Omit<Algorithm1Options, 'gan'>

/** What the samples of each of the app's streams are. @throws GankitError for a stream that is missing, or not the app's */
function selectSamples(
  { name, streams }: StreamsApp,
  samples: PerStream<SampleDescription>,
): Readonly<Record<string, SampleDescription>> {
  const got = Object.keys(samples.streams ?? {})
  const expected = listStreamNames({ streams })
  const optional = Object.keys(streams).filter(stream => !expected.includes(stream))
  if (samples.streams && sameNames(got, [...expected, ...optional.filter(stream => got.includes(stream))]))
    return Object.fromEntries(
      Object.entries(samples.streams).map(([stream, { sampleShape, condition }]) => [
        stream,
        { sampleShape, ...(condition && { condition }) },
      ]),
    )
  const also = optional.length > 0 ? `, and ${optional.join(', ')} where there are data for it` : ''
  throw wrongStreams({ name }, got, `${expected.join(', ')}${also}`)
}

function wrongStreams({ name }: Pick<App, 'name'>, got: readonly string[], expected: string): GankitError {
  return new GankitError(
    'experiment',
    'option',
    `${name} got data for ${got.length > 0 ? `the streams ${got.join(', ')}` : 'a stream without a name'}, expected ${expected}`,
  )
}

/** @throws GankitError unless the game reads the streams that its app names */
function checkGameStreams({ name }: App, expected: readonly string[], { streams }: Game): void {
  if (sameNames(streams, expected)) return
  throw new GankitError(
    'experiment',
    'option',
    `the game of ${name} reads the streams ${streams.join(', ')}, and its app has ${expected.join(', ')}, expected the same: name them all in \`streams\` of the app`,
  )
}

function sameNames(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every(name => others.includes(name))
}

/** Everything that is done to the samples that D sees: first images are changed, then noise is added. */
function buildTransform({
  augmentation,
  instanceNoise: noise,
}: TrainingSettings): DiscriminatorTransform | undefined {
  const changes = [
    ...(augmentation ? [differentiableAugmentation(augmentation)] : []),
    ...(noise === undefined ? [] : [instanceNoise(createSchedule(noise))]),
  ]
  if (changes.length === 0) return undefined
  return (samples, context) => changes.reduce((seen, change) => change(seen, context), samples)
}
