import * as tf from '@tensorflow/tfjs'
import type { Candidate } from '../choice.ts'
import { adapterName, isSoftwareAdapter } from '../webgpu/adapter.ts'
import { registerWebgpuTrainingKernels } from '../webgpu/register.ts'
import { withTimeout } from './with-timeout.ts'

/** The browser's WebGPU; an adapter without a GPU is taken only if it was asked for by name. */
export function createWebgpuCandidate(): Candidate {
  // What to type is known only once its package turned out to be missing.
  const candidate: Candidate & { install?: string } = {
    backend: 'webgpu',
    async start({ named }) {
      if (!isSecureContext)
        throw new Error('browsers offer it only to pages served by https or from localhost')
      if (!navigator.gpu) throw new Error('this browser has no WebGPU')
      const asked = navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })
      const adapter = await withTimeout(10, 'the browser', asked)
      if (!adapter) throw new Error('this browser finds no GPU that it would use')
      const info = { ...words(adapter.info), ...isFallback(adapter) }
      const name = adapterName(info)
      const software = isSoftwareAdapter(info)
      if (software && !named) throw new Error(`no GPU answers, only ${name}, which computes on the processor`)
      try {
        await import('@tensorflow/tfjs-backend-webgpu')
      } catch {
        candidate.install = 'npm install @tensorflow/tfjs-backend-webgpu'
        throw new Error('@tensorflow/tfjs-backend-webgpu is not there')
      }
      registerWebgpuTrainingKernels()
      if (!(await withTimeout(30, name, tf.setBackend('webgpu'))))
        throw new Error(`tfjs could not initialise it on ${name}`)
      const note = software ? ', which computes on the processor: right, but slow' : ''
      return { threads: 1, reason: `WebGPU on ${name}${note}` }
    },
  }
  return candidate
}

function words(info: GPUAdapterInfo | undefined) {
  const { vendor = '', architecture = '', device = '', description = '' } = info ?? {}
  return { vendor, architecture, device, description }
}

/** Browsers said it of the adapter first, and of its info since 2025. */
function isFallback(adapter: GPUAdapter): { isFallbackAdapter: boolean } {
  const { info, isFallbackAdapter } = adapter as { info?: GPUAdapterInfo; isFallbackAdapter?: boolean }
  return { isFallbackAdapter: info?.isFallbackAdapter ?? isFallbackAdapter ?? false }
}
