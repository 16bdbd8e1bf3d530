import type { Gan } from '@gankit/core'
import type { Average } from './average.ts'
import type { Optimizer } from './optimizers/optimizer.ts'

export interface Optimizers {
  readonly generator: Optimizer
  readonly discriminator: Optimizer
}

/** Where a training is: everything that a step changes. */
export interface Training {
  readonly gan: Gan
  readonly optimizers: Optimizers
  readonly average: Average | undefined
  /** Steps taken. Settable, to go on where another process stopped. */
  step: number
  /** Real images seen; settable likewise. */
  images: number
  /** How often a step that went wrong was undone; settable likewise. */
  rollbacks: number
}
