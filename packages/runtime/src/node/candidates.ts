import type { Candidate } from '../choice.ts'
import { cpuCandidate } from '../cpu.ts'
import { nativeInstalls } from './install/installed.ts'
import { wheelPlan } from './install/wheel-plan.ts'
import { nativeCandidate } from './native/candidate.ts'
import type { NativeThreads } from './native/threads.ts'
import { gpuInSight, isInstalled } from './survey-gpu.ts'
import { wasmCandidate } from './wasm.ts'
import { webgpuCandidate } from './webgpu.ts'

/** Threads of wasm and of native TensorFlow. */
export type CandidateOptions = NativeThreads

/**
 * The backends there may be in Node, in the order in which they are worth asking. Nothing is measured: a GPU that
 * answers beats native TensorFlow on the processor, and nobody has the package `webgpu` without having asked for it;
 * CUDA beats WebGPU on the same GPU.
 * @param wanted the backend that was asked for, or 'auto'
 */
export function candidates(wanted: string, options: CandidateOptions = {}): Candidate[] {
  const native = { ...nativeCandidate(options), ...(canInstallNative() && { install: installNativeCommand }) }
  const { install, ...gpu } = webgpuCandidate(wanted)
  const missing = !isInstalled('webgpu') && (gpuInSight() || wanted === gpu.backend)
  const webgpu = missing && install ? { ...gpu, install } : gpu
  const fastest = hasCuda() ? [native, webgpu] : [webgpu, native]
  return [...fastest, wasmCandidate(options.threads), cpuCandidate()]
}

/** What to type for native TensorFlow. */
export const installNativeCommand = 'npx gankit backends install native'

function canInstallNative(): boolean {
  // There is no wheel for Windows, but what tfjs-node downloads itself.
  return process.platform === 'win32' || typeof wheelPlan(false) === 'object'
}

/** Whether a TensorFlow for CUDA is installed; whether it finds a GPU is another question. */
export function hasCuda(): boolean {
  const name = '@tensorflow/tfjs-node-gpu'
  return isInstalled(name) || nativeInstalls().some(install => install.package === name)
}
