import { checkOption } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type BackendChoice, chooseBackend, type Precision } from '../choice.ts'
import { patchGradients } from '../gradients/patch.ts'
import { checkThreads, maxThreads } from '../threads.ts'
import { createCandidates } from './backends.ts'
import { checkWorkload, type Workload } from './native/threads.ts'

export interface SelectOptions {
  /** 'auto', 'tensorflow', 'webgpu', 'wasm' or 'cpu'. Default: GANKIT_BACKEND, or else 'auto'. */
  readonly backend?: string
  /**
   * Threads of wasm and of native TensorFlow, 1 to 8. Default: GANKIT_THREADS, or else one for each core; native
   * TensorFlow takes one for a dense workload.
   */
  readonly threads?: number
  /** 'dense' for nets of dense layers, which native TensorFlow trains faster on one thread. Default: 'convolutional'. */
  readonly workload?: Workload
  /** 'mixed' for products and convolutions in 16-bit floats, where the backend has them. Default: 'float32'. */
  readonly precision?: Precision
}

/**
 * Makes the fastest backend that starts on this machine the backend of tfjs: a GPU, native TensorFlow, WebAssembly,
 * plain JavaScript. A broken backend is reported in `refused`; it is an error only where the caller named it.
 *
 * Call it before the first tensor is made: a later call with another number of threads starts the wasm backend anew,
 * and the tensors of the old one are lost; native TensorFlow keeps the threads it started with.
 * @throws GankitError for an unknown backend, precision or workload, threads out of range, or a named backend that can't
 * start or can't compute in that precision
 */
export async function selectBackend(options: SelectOptions = {}): Promise<BackendChoice> {
  const threads = readThreads(options.threads)
  checkWorkload(options.workload)
  const backend = options.backend ?? (process.env['GANKIT_BACKEND'] || 'auto')
  // Otherwise tfjs greets every process without native TensorFlow, which the choice below reports anyway.
  tf.enableProdMode()
  patchGradients()
  return chooseBackend(createCandidates(backend, { ...options, ...(threads && { threads }) }), {
    backend,
    ...(options.precision && { precision: options.precision }),
  })
}

/**
 * The number of threads that an option gives, or else GANKIT_THREADS; undefined where neither does.
 * @throws GankitError for anything but a whole number from 1 to `maxThreads`
 */
export function readThreads(option: unknown): number | undefined {
  if (option !== undefined) {
    checkThreads(option)
    return option
  }
  const text = process.env['GANKIT_THREADS']
  if (!text) return undefined
  const threads = Number(text)
  const isInRange = Number.isInteger(threads) && threads >= 1 && threads <= maxThreads
  checkOption('runtime', 'GANKIT_THREADS', text, isInRange, `a whole number from 1 to ${maxThreads}`)
  return threads
}
