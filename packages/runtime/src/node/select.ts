import * as tf from '@tensorflow/tfjs'
import { type BackendChoice, chooseBackend, type Precision } from '../choice.ts'
import { patchGradients } from '../gradients/patch.ts'
import { candidates } from './candidates.ts'
import { checkOperations, type Operations } from './native/threads.ts'
import { threadsOf } from './threads.ts'

export interface SelectOptions {
  /** 'auto', 'tensorflow', 'webgpu', 'wasm' or 'cpu'. Default: GANKIT_BACKEND, or else 'auto'. */
  readonly backend?: string
  /**
   * Threads of wasm and of native TensorFlow, 1 to 8. Default: GANKIT_THREADS, or else one a core; native TensorFlow
   * has one where operations are short.
   */
  readonly threads?: number
  /** 'short' for nets of dense layers, which native TensorFlow trains faster on one thread. Default: 'long'. */
  readonly operations?: Operations
  /** 'mixed' for products and convolutions in 16-bit floats, where the backend can. Default: 'float32'. */
  readonly precision?: Precision
}

/**
 * Makes the fastest backend that starts on this machine the backend of tfjs: a GPU, native TensorFlow, WebAssembly,
 * plain JavaScript. A backend that is broken is told in `refused`, never fatal unless it was asked for by name.
 *
 * Call it before the first tensor is made: a later call with another number of threads starts the wasm backend anew,
 * and the tensors of the old one are lost; native TensorFlow keeps the threads it started with.
 * @throws GankitError for an unknown backend, precision or length of operations, threads out of range, or a named
 * backend that can't start or can't compute in that precision
 */
export async function selectBackend(options: SelectOptions = {}): Promise<BackendChoice> {
  const threads = threadsOf(options.threads)
  checkOperations(options.operations)
  const backend = options.backend ?? (process.env['GANKIT_BACKEND'] || 'auto')
  // tfjs greets a process that runs without native TensorFlow; the choice below already says more.
  tf.enableProdMode()
  patchGradients()
  return chooseBackend(candidates(backend, { ...options, ...(threads && { threads }) }), {
    backend,
    ...(options.precision && { precision: options.precision }),
  })
}
