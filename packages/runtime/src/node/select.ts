import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type BackendChoice, type Candidate, chooseBackend } from '../choice.ts'
import { nativeCandidate } from './native/candidate.ts'
import { maxThreads, wasmCandidate } from './wasm.ts'

export interface SelectOptions {
  /** 'auto' (the default), 'tensorflow', 'wasm' or 'cpu'. */
  readonly backend?: string
  /** Threads of the wasm backend, 1 to 8. Default: GANKIT_THREADS, or else one a core. */
  readonly threads?: number
}

/**
 * Makes the fastest backend that starts on this machine the backend of tfjs: native TensorFlow, WebAssembly, plain
 * JavaScript. A backend that is broken is told in `refused`, never fatal unless it was asked for by name.
 *
 * Call it before the first tensor is made: a later call with another number of threads starts the wasm backend anew,
 * and the tensors of the old one are lost.
 * @throws GankitError for an unknown backend, threads out of range, or a named backend that can't start
 */
export async function selectBackend(options: SelectOptions = {}): Promise<BackendChoice> {
  const threads = checkThreads(options.threads)
  // tfjs greets a process that runs without native TensorFlow; the choice below already says more.
  tf.enableProdMode()
  return chooseBackend([nativeCandidate(), wasmCandidate(threads), cpuCandidate()], options.backend)
}

function checkThreads(asked: number | undefined): number | undefined {
  const fromEnvironment = process.env['GANKIT_THREADS']
  const threads = asked ?? (fromEnvironment ? Number(fromEnvironment) : undefined)
  if (threads === undefined) return undefined
  if (!Number.isInteger(threads) || threads < 1 || threads > maxThreads) {
    const name = asked === undefined ? `GANKIT_THREADS is '${fromEnvironment}'` : `threads is ${threads}`
    throw new GankitError('runtime', 'option', `${name}, expected a whole number from 1 to ${maxThreads}`)
  }
  return threads
}

function cpuCandidate(): Candidate {
  return {
    backend: 'cpu',
    async start() {
      if (!(await tf.setBackend('cpu'))) throw new Error('tfjs could not initialise it')
      return { threads: 1, reason: 'plain JavaScript: right, but far too slow for more than a look' }
    },
  }
}
