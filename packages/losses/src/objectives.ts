import type { Objective } from '@gankit/core'
import { hinge } from './hinge.ts'
import type { LabelSmoothing } from './label-smoothing.ts'
import { leastSquares } from './least-squares.ts'
import { minimax } from './minimax.ts'
import { nonSaturating } from './non-saturating.ts'
import { relativistic } from './relativistic.ts'
import { relativisticAverage } from './relativistic-average.ts'
import { type SignedMinimaxOptions, signedMinimax } from './signed-minimax.ts'
import { wasserstein } from './wasserstein.ts'

/** What an objective is called in a configuration or on a command line. */
export type ObjectiveName =
  | 'minimax'
  | 'non-saturating'
  | 'signed-minimax'
  | 'least-squares'
  | 'hinge'
  | 'wasserstein-gp'
  | 'relativistic-average'
  | 'relativistic'

/** Options that an objective may have in a configuration; `createObjective` refuses those that it hasn't. */
export type ObjectiveOptions = LabelSmoothing & SignedMinimaxOptions

/** Every objective by its name, with its default options where none are given. */
export const objectives: Readonly<Record<ObjectiveName, (options?: ObjectiveOptions) => Objective>> = {
  minimax,
  'non-saturating': nonSaturating,
  'signed-minimax': signedMinimax,
  'least-squares': () => leastSquares(),
  hinge,
  'wasserstein-gp': () => wasserstein(),
  'relativistic-average': () => relativisticAverage(),
  relativistic,
}
