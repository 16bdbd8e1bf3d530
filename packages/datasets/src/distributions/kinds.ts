import type { Dataset, Distribution } from '@gankit/core'
import { type DataOptions, listOptions } from '../options.ts'
import { distributionDataset } from './distribution-dataset.ts'
import { grid } from './grid.ts'
import { normal } from './normal.ts'
import { ring } from './ring.ts'
import { spiral } from './spiral.ts'
import { twoMoons } from './two-moons.ts'
import { uniform } from './uniform.ts'

/** Samples of a distribution as a kind of data: nothing is read, so it is the same in Node and in a page. */
interface DistributionKind {
  readonly argument: 'COUNT'
  readonly about: string
  readonly samples: 'points'
  readonly options: readonly (keyof DataOptions)[]
  open(count: string, options: DataOptions): Promise<Dataset>
}

/** The distributions that a spec can name, as in 'ring:5000'. */
export const distributionKinds: Readonly<
  Record<'normal' | 'uniform' | 'ring' | 'grid' | 'spiral' | 'moons', DistributionKind>
> = {
  normal: define('numbers of a normal distribution', normal),
  uniform: define('numbers of a uniform distribution', uniform),
  ring: define('points around a ring of 8', ring),
  grid: define('points around a grid of 25', grid),
  spiral: define('points along a spiral', spiral),
  moons: define('points along two moons', twoMoons),
}

function define(about: string, distribution: () => Distribution): DistributionKind {
  return {
    argument: 'COUNT',
    about,
    samples: 'points',
    options: listOptions('points'),
    open: async (count, { dataSeed }) =>
      distributionDataset(distribution(), {
        ...(count && { size: Number(count) }),
        ...(dataSeed !== undefined && { seed: dataSeed }),
      }),
  }
}
