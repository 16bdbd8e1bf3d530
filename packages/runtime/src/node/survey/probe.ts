import * as tf from '@tensorflow/tfjs'
import type { Started } from '../../choice.ts'
import { listBackends } from '../backends.ts'
import type { CandidateOptions } from '../node-backend.ts'
import { measureSpeed, type Speed } from './speed.ts'

/** What a backend reports once it runs. */
export interface Probe {
  readonly threads: number
  readonly reason: string
  /** Version of the library beneath the backend. */
  readonly version?: string
  /** Why 'auto' passes over the backend, which starts only by name. */
  readonly onlyByName?: string
  /** Whether the backend computes on a GPU, where it knows. */
  readonly gpu?: boolean
  readonly speed?: Speed
}

export interface ProbeOptions extends CandidateOptions {
  /** The backend's name in tfjs. */
  readonly backend: string
  /** Whether to measure the speed as well. */
  readonly speed: boolean
}

/**
 * Starts a backend in this process, and measures its speed. Call it in a process of its own: native libraries may crash
 * or hang.
 * @throws Error that says why the backend doesn't start
 */
export async function probeBackend({ backend, speed, ...options }: ProbeOptions): Promise<Probe> {
  tf.enableProdMode()
  const row = listBackends().find(row => row.backend === backend && row.createCandidate)!
  let onlyByName: string | undefined
  let started: Started
  try {
    started = await row.createCandidate!('auto', options).start({ named: false, precision: 'float32' })
  } catch (error) {
    started = await row.createCandidate!(backend, options).start({ named: true, precision: 'float32' })
    onlyByName = (error as Error).message
  }
  const { isUsingGpuDevice: gpu } = tf.backend() as { isUsingGpuDevice?: boolean }
  const version = row.readVersion()
  return {
    threads: started.threads,
    reason: started.reason,
    ...(version && { version }),
    ...(onlyByName && { onlyByName }),
    ...(gpu !== undefined && { gpu }),
    ...(speed && { speed: await measureSpeed() }),
  }
}
