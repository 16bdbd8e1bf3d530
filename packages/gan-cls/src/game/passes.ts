import type { Forward } from '@gankit/core'
import type { UpdateContext } from '@gankit/trainer'

/** How a network is run in an update: as in training, with random numbers of this update's own under the pass's name. */
export function how({ random }: UpdateContext, pass: string, moveStatistics: boolean): Forward {
  return { training: true, moveStatistics, random: layer => random(`${pass}/${layer}`) }
}
