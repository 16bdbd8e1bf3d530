import * as tf from '@tensorflow/tfjs'
import { type BackendChoice, chooseBackend } from '../choice.ts'
import { createCpuCandidate } from '../cpu.ts'
import { patchGradients } from '../gradients/patch.ts'
import { checkThreads } from '../threads.ts'
import { createWasmCandidate } from './wasm.ts'
import type { WasmPaths } from './wasm-module.ts'
import { createWebglCandidate } from './webgl.ts'
import { createWebgpuCandidate } from './webgpu.ts'

export interface SelectOptions {
  /** 'auto' (the default), 'webgpu', 'webgl', 'wasm' or 'cpu'. */
  readonly backend?: string
  /** Threads of the wasm backend, 1 to 8, where the page is cross-origin isolated. Default: one for each logical core. */
  readonly threads?: number
  /**
   * Where the page serves the binaries of `@tensorflow/tfjs-backend-wasm`: the address of a folder, or of each file by its
   * name. Default: beside the script.
   */
  readonly wasmPaths?: WasmPaths
}

/**
 * Makes the fastest backend that starts in this page or worker the backend of tfjs: WebGPU, WebGL with 32 bits,
 * WebAssembly, plain JavaScript. Drivers without a GPU are slower than WebAssembly and taken only by name. The call also
 * corrects gradients to the second order (`patchGradients`).
 *
 * Call it before the first tensor is made. The threads of the wasm backend stay those of the first call.
 * @throws GankitError for an unknown backend, threads out of range, or a named backend that can't start
 */
export async function selectBackend(options: SelectOptions = {}): Promise<BackendChoice> {
  const { backend = 'auto', threads, wasmPaths } = options
  if (threads !== undefined) checkThreads(threads)
  tf.enableProdMode()
  patchGradients()
  const candidates = [
    createWebgpuCandidate(),
    createWebglCandidate(),
    createWasmCandidate(threads, wasmPaths),
    createCpuCandidate(),
  ]
  return chooseBackend(candidates, { backend })
}
