import { readFile, stat } from 'node:fs/promises'
import type { Grid } from '@gankit/visualization/node'
import type { StepFile } from './run-files.ts'

/** A report with more than this is slow to open, and too large to send. */
const most = { grids: 120, bytes: 20e6 }

/** Reads grids for a report: all, or as many as it can hold, evenly over the steps, the first and the last among them. */
export async function chooseGrids(
  samples: readonly StepFile[],
  { grids, bytes }: { readonly grids: number; readonly bytes: number } = most,
): Promise<Grid[]> {
  if (samples.length === 0) return []
  const sizes = await Promise.all(samples.map(async ({ path }) => (await stat(path)).size))
  const largest = Math.max(1, ...sizes)
  const count = Math.min(samples.length, grids, Math.max(2, Math.floor(bytes / largest)))
  const chosen = Array.from({ length: count }, (_, i) =>
    Math.round((i * (samples.length - 1)) / Math.max(1, count - 1)),
  )
  return Promise.all(
    chosen.map(async i => ({ step: samples[i]!.step, png: await readFile(samples[i]!.path) })),
  )
}
