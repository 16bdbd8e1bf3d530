import type { Distribution } from '@gankit/core'
import { divergences, modesCovered } from '@gankit/metrics'

/** How near fakes are to the data. */
export interface Measures {
  /** Modes that are fairly covered, of how many; undefined for data without modes. */
  readonly modes?: { readonly covered: number; readonly total: number; readonly counts: Uint32Array }
  /** In nats; undefined for data without a density. */
  readonly divergences?: { readonly kl: Divergence; readonly js: Divergence }
}

/** A divergence of the data from the fakes, and its value for as many real samples. */
export interface Divergence {
  readonly value: number
  readonly floor: number
}

/** Cells of the histograms of divergences along an axis. */
const bins = { 1: 64, 2: 24 } as const

export function measure(fakes: Float32Array, distribution: Distribution): Measures {
  const finite = fakes.every(Number.isFinite)
  if (!finite) return {}
  const modes = distribution.modes && modesCovered(fakes, distribution)
  const found =
    distribution.density && divergences(fakes, distribution, { bins: bins[distribution.dimensions as 1 | 2] })
  return {
    ...(modes && { modes: { covered: modes.fairlyCovered, total: modes.total, counts: modes.counts } }),
    ...(found && {
      divergences: {
        kl: { value: found.forward, floor: found.floor.forward },
        js: { value: found.js, floor: found.floor.js },
      },
    }),
  }
}
