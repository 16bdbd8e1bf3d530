import type { Objective } from '@gankit/core'
import { minimax } from './minimax.ts'
import { nonSaturating } from './non-saturating.ts'
import { signedMinimax } from './signed-minimax.ts'

/** What an objective is called in a configuration or on a command line. */
export type ObjectiveName = 'minimax' | 'non-saturating' | 'signed-minimax'

/** Every objective by its name, with its default options. */
export const objectives: Readonly<Record<ObjectiveName, () => Objective>> = {
  minimax,
  'non-saturating': nonSaturating,
  'signed-minimax': () => signedMinimax(),
}
