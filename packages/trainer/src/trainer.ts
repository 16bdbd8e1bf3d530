import { type Batches, checkOption, checkSeed, GankitError } from '@gankit/core'
import type { Game, ReduceGradients } from './game/game.ts'
import type { DataStreams } from './game/step.ts'
import { exponentialMovingAverage } from './optimizers/moving-average.ts'
import type { EndEvent, TrainerEvent } from './run/events.ts'
import { type RunOptions, runLoop } from './run/loop.ts'
import { Pause } from './run/pause.ts'
import type { Training } from './training.ts'

export interface TrainerOptions {
  readonly game: Game
  /** Seed of latents, dropout and whatever else is random in a step. Default 0. */
  readonly seed?: number
  /** Decay of a moving average of each generator's weights, 0 to below 1: 0.999 looks back on 1,000 steps. Default: no average. */
  readonly averageDecay?: number
  /** Default: gradients are applied as they are. */
  readonly reduceGradients?: ReduceGradients
}

/** Batches of the only stream of a game, or those of each stream by its name. */
export type TrainingData = Batches | DataStreams

/** Training in time. */
export interface Trainer extends Training {
  /** Trains until a limit, and yields each event as it happens. Breaking out of the loop stops the training. */
  run(data: TrainingData, options: RunOptions): AsyncGenerator<TrainerEvent, void, undefined>
  /** Trains until a limit without a loop of your own. @returns how it ended */
  fit(data: TrainingData, options: RunOptions): Promise<EndEvent>
  /** Lets a run stand after the step under way, so that its networks can be looked at. @returns when it stands */
  pause(): Promise<void>
  /** Lets a run that was paused go on. */
  resume(): void
  /** Frees what the optimizers, the averages and the game's state hold; the networks stay. */
  dispose(): void
}

/**
 * A trainer for any game of named networks. It owns time; the mathematics is in the game's updates, and what one
 * watches in callbacks. For Algorithm 1 see `createGanTrainer`.
 * @throws GankitError for options out of range, and for a game that doesn't fit together
 */
export function createTrainer({ game, seed = 0, averageDecay, reduceGradients }: TrainerOptions): Trainer {
  checkSeed(seed)
  checkGame(game)
  if (averageDecay !== undefined)
    checkOption(
      'trainer',
      'averageDecay',
      averageDecay,
      averageDecay >= 0 && averageDecay < 1,
      'a number from 0 to below 1',
    )
  const averages = Object.fromEntries(
    averageDecay === undefined
      ? []
      : Object.entries(game.generators).map(([name, { model }]) => [
          name,
          exponentialMovingAverage(model, averageDecay),
        ]),
  )
  const pause = new Pause()
  return {
    game,
    averages,
    step: 0,
    samplesSeen: 0,
    rollbacks: 0,
    learningRateScales: { rollbacks: 1, steering: 1 },
    run(data, options) {
      return runLoop(this, { seed, reduceGradients, pause }, selectStreams(game, data), options)
    },
    async fit(data, options) {
      let end: EndEvent | undefined
      for await (const event of this.run(data, options)) if (event.type === 'end') end = event
      return end!
    },
    pause: () => pause.hold(),
    resume: () => pause.release(),
    dispose() {
      for (const { optimizer } of Object.values(game.players)) optimizer.dispose()
      for (const average of Object.values(averages)) average.dispose()
      for (const state of Object.values(game.state ?? {})) state.dispose()
    },
  }
}

/** The streams that a game is trained on, by name. @throws GankitError for streams that are missing or too many */
function selectStreams({ streams }: Game, data: TrainingData): DataStreams {
  if (isBatches(data)) {
    if (streams.length === 1) return { [streams[0]!]: data }
    throw new GankitError(
      'trainer',
      'option',
      `the game got batches without a name, expected those of ${streams.join(', ')}: hand them by their names`,
    )
  }
  const got = Object.keys(data)
  const lacks = streams.filter(name => !got.includes(name))
  const foreign = got.filter(name => !streams.includes(name))
  if (lacks.length > 0 || foreign.length > 0)
    throw new GankitError(
      'trainer',
      'option',
      `the game got streams of data ${got.join(', ') || 'of no name'}, expected ${streams.join(', ')}`,
    )
  return data
}

function isBatches(data: TrainingData): data is Batches {
  return typeof (data as Batches).next === 'function'
}

/** @throws GankitError for optimizers that players share, and generators or streams that are not there */
function checkGame({ players, generators, streams, networks }: Game): void {
  const wrong = (got: string, expected: string) =>
    new GankitError('trainer', 'option', `${got}, expected ${expected}`)
  const optimizers = Object.values(players).map(({ optimizer }) => optimizer)
  if (optimizers.length === 0) throw wrong('the game has no player', 'at least one')
  if (new Set(optimizers).size < optimizers.length)
    throw wrong('players share one optimizer', 'one for each: it remembers its weights')
  if (streams.length === 0) throw wrong('the game names no stream of data', 'at least one')
  const models = new Set(Object.values(networks))
  for (const [name, { model }] of Object.entries(generators))
    if (!models.has(model)) throw wrong(`generator '${name}' is none of the networks`, 'one of them')
  for (const name of [...Object.keys(players), ...Object.keys(networks)])
    if (/^(average|optimizer|state|)$|\//.test(name))
      throw wrong(
        `a network or player is named '${name}'`,
        "a name without '/', other than average, optimizer and state",
      )
}
