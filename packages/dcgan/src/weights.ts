import { createInitializer, type Initializer, type SeededOptions } from '@gankit/layers'
import type { Resolved } from './options.ts'

export type Role = 'generator' | 'discriminator'

/** What makes the first weights of one network: its role and its layers' names make them its own. */
export interface Weights {
  /** For a block of layers. */
  seeded(layer: string): SeededOptions & { initializer(own: SeededOptions): Initializer }
  /** Of one layer's kernel. */
  kernel(layer: string): Initializer
}

export function weightsOf(role: Role, { seed, initialization }: Resolved): Weights {
  const initializer = (own: SeededOptions) => createInitializer(initialization, own)
  const purpose = (layer: string) => `dcgan/${role}/${layer}`
  return {
    seeded: layer => ({ seed, purpose: purpose(layer), initializer }),
    kernel: layer => initializer({ seed, purpose: `${purpose(layer)}/kernel` }),
  }
}
