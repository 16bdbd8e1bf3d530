import type { ScalarDescription } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import { adam, algorithm1 } from '../src/index.ts'
import { tinyGan } from './tiny-gan.ts'

/** The scalars of Algorithm 1 as it describes them. */
export const gameScalars: readonly ScalarDescription[] = algorithm1({
  gan: tinyGan(),
  objective: nonSaturating(),
  optimizers: { generator: adam(), discriminator: adam() },
}).scalars
