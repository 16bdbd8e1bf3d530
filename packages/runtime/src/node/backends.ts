import type { Candidate } from '../choice.ts'
import { cpuBackend } from './cpu.ts'
import { isCudaInstalled, nativeBackend, nativeGpuBackend } from './native/candidate.ts'
import type { CandidateOptions, NodeBackend } from './node-backend.ts'
import { wasmBackend } from './wasm.ts'
import { webgpuBackend } from './webgpu.ts'

/**
 * The backends for Node, in the order in which 'auto' tries them. Nothing is measured: a GPU that answers beats native
 * TensorFlow on the processor, and the package `webgpu` is there only where somebody installed it on purpose. CUDA beats
 * WebGPU on the same GPU.
 */
export function listBackends(): readonly NodeBackend[] {
  return isCudaInstalled()
    ? [nativeGpuBackend, nativeBackend, webgpuBackend, wasmBackend, cpuBackend]
    : [nativeGpuBackend, webgpuBackend, nativeBackend, wasmBackend, cpuBackend]
}

/**
 * The candidates for `chooseBackend`, one for each backend of tfjs.
 * @param wanted the backend that the caller named, or 'auto'
 */
export function createCandidates(wanted: string, options: CandidateOptions = {}): Candidate[] {
  return listBackends().flatMap(row => row.createCandidate?.(wanted, options) ?? [])
}
