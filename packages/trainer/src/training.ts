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
