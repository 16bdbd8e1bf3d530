import { createInitializer, type Initializer, type SeededOptions } from '@gankit/layers'
import type { Resolved } from './options.ts'

export type Role = 'generator' | 'discriminator'

/** The first weights of one network; its role and the names of its layers make them different from all others. */
export interface Weights {
  /** Of the layers of a block, by the name of the block. */
  seeded(layer: string): SeededOptions & { initializer(own: SeededOptions): Initializer }
  /** Of the kernel of one layer. */
  kernel(layer: string): Initializer
}

export function createWeights(role: Role, { seed, initialization }: Resolved): Weights {
  const initializer = (own: SeededOptions) => createInitializer(initialization, own)
  const purpose = (layer: string) => `dcgan/${role}/${layer}`
  return {
    seeded: layer => ({ seed, purpose: purpose(layer), initializer }),
    kernel: layer => initializer({ seed, purpose: `${purpose(layer)}/kernel` }),
  }
}
