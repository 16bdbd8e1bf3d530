import * as tf from '@tensorflow/tfjs'
import type { WasmBackend } from './kernels.ts'
import { type Team, teamOf } from './team.ts'

/**
 * The threads on which the training kernels of wasm run, that of the caller included, how many of the others have
 * `started`, and whether sums and products are rounded once (`relaxed`).
 * @returns undefined where another backend runs
 */
export function wasmThreads(): Pick<Team, 'threads' | 'started' | 'relaxed'> | undefined {
  if (tf.getBackend() !== 'wasm') return undefined
  const team = teamOf(tf.backend() as WasmBackend)
  return team && { threads: team.threads, started: team.started, relaxed: team.relaxed }
}
