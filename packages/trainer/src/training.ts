import type { Game } from './game/game.ts'
import type { ExponentialMovingAverage } from './optimizers/moving-average.ts'

/** Where a training is: everything that a step changes. */
export interface Training {
  readonly game: Game
  /** Moving averages of the game's generators, by their names; none where there is no `averageDecay`. */
  readonly averages: Readonly<Record<string, ExponentialMovingAverage>>
  /** Steps taken. Settable, to go on where another process stopped. */
  step: number
  /** Samples of data seen; settable likewise. */
  samplesSeen: number
  /** Rollbacks so far; settable likewise. */
  rollbacks: number
  /** What rollbacks and whoever steers the run multiply the learning rates by; `scaleLearningRates` changes both. */
  readonly learningRateScales: LearningRateScales
}

/** Two factors of all learning rates, each 1 unless something changed it. */
export interface LearningRateScales {
  /** Lowered by rollbacks. */
  readonly rollbacks: number
  /** Set by whoever steers the run. */
  readonly steering: number
}

/** Changes factors of the learning rates, from the next update on. A factor that is left out stays. */
export function scaleLearningRates(
  training: Pick<Training, 'game'> & { learningRateScales: LearningRateScales },
  changes: Partial<LearningRateScales>,
): void {
  const scales = { ...training.learningRateScales, ...changes }
  training.learningRateScales = scales
  for (const { optimizer } of Object.values(training.game.players))
    optimizer.scale = scales.rollbacks * scales.steering
}

/** Runs `use` while every generator holds its moving average, where it has one, then gives back the weights of each. */
export function withAverages<Result>(
  { averages }: Pick<Training, 'averages'>,
  use: () => Result | Promise<Result>,
): Promise<Result> {
  const [first, ...rest] = Object.values(averages)
  if (!first) return Promise.resolve(use())
  const others = Object.fromEntries(rest.map((average, i) => [i, average]))
  return first.withAveragedWeights(() => withAverages({ averages: others }, use))
}
