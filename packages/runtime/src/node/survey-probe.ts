import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import type { Candidate, Started } from '../choice.ts'
import { type CandidateOptions, candidates } from './candidates.ts'
import { measureSpeed, type Speed } from './survey-speed.ts'

/** What a backend says of itself once it runs. */
export interface Probe {
  readonly threads: number
  readonly reason: string
  /** Of the library beneath it. */
  readonly version?: string
  /** Why it is not taken unless it is asked for by name. */
  readonly onlyByName?: string
  /** Whether it computes on a GPU, where it can tell. */
  readonly gpu?: boolean
  readonly speed?: Speed
}

export interface ProbeOptions extends CandidateOptions {
  /** The name of a candidate. */
  readonly backend: string
  /** Whether its speed is measured as well. */
  readonly speed: boolean
}

/**
 * Starts a backend in this process, and measures it. For a process of its own: native libraries may crash or hang.
 * @throws Error that says why it doesn't start
 */
export async function probeBackend({ backend, speed, ...options }: ProbeOptions): Promise<Probe> {
  tf.enableProdMode()
  const find = (wanted: string): Candidate =>
    candidates(wanted, options).find(candidate => candidate.backend === backend)!
  let onlyByName: string | undefined
  let started: Started
  try {
    started = await find('auto').start({ named: false, precision: 'float32' })
  } catch (error) {
    started = await find(backend).start({ named: true, precision: 'float32' })
    onlyByName = (error as Error).message
  }
  const { isUsingGpuDevice: gpu } = tf.backend() as { isUsingGpuDevice?: boolean }
  const version = versionOf(backend)
  return {
    threads: started.threads,
    reason: started.reason,
    ...(version && { version }),
    ...(onlyByName && { onlyByName }),
    ...(gpu !== undefined && { gpu }),
    ...(speed && { speed: await measureSpeed() }),
  }
}

function versionOf(backend: string): string | undefined {
  if (backend === 'tensorflow')
    return (tf.backend() as unknown as { binding?: { TF_Version?: string } }).binding?.TF_Version
  const name = { webgpu: 'webgpu', wasm: '@tensorflow/tfjs-backend-wasm' }[backend] ?? '@tensorflow/tfjs'
  for (const place of [join(process.cwd(), 'package.json'), import.meta.url])
    try {
      return createRequire(place)(`${name}/package.json`).version
    } catch {}
  return undefined
}
