import type { Candidate } from '../choice.ts'
import { formatAdapter, isSoftwareAdapter } from '../webgpu/adapter.ts'
import { registerWebgpuTrainingKernels } from '../webgpu/register.ts'
import { startBackend } from './start-backend.ts'
import { withTimeout } from './with-timeout.ts'

/** The browser's WebGPU; an adapter without a GPU is taken only by name. */
export function createWebgpuCandidate(): Candidate {
  // The install command is added once the package turns out to be missing.
  const candidate: Candidate & { install?: string } = {
    backend: 'webgpu',
    async start({ named }) {
      if (!isSecureContext)
        throw new Error('browsers offer it only to pages served by https or from localhost')
      if (!navigator.gpu) throw new Error('this browser has no WebGPU')
      const requested = navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })
      const adapter = await withTimeout(10, 'the browser', requested)
      if (!adapter) throw new Error('this browser finds no GPU that it would use')
      const info = { ...copyInfo(adapter.info), ...readFallback(adapter) }
      const name = formatAdapter(info)
      const software = isSoftwareAdapter(info)
      if (software && !named) throw new Error(`no GPU answers, only ${name}, which computes on the processor`)
      try {
        await import('@tensorflow/tfjs-backend-webgpu')
      } catch {
        candidate.install = 'npm install @tensorflow/tfjs-backend-webgpu'
        throw new Error('@tensorflow/tfjs-backend-webgpu is not installed')
      }
      registerWebgpuTrainingKernels()
      await startBackend('webgpu', name, 30)
      const note = software ? ', which computes on the processor: right, but slow' : ''
      return { threads: 1, reason: `WebGPU on ${name}${note}` }
    },
  }
  return candidate
}

function copyInfo(info: GPUAdapterInfo | undefined) {
  const { vendor = '', architecture = '', device = '', description = '' } = info ?? {}
  return { vendor, architecture, device, description }
}

/** `isFallbackAdapter` belonged to the adapter at first, and belongs to its info since 2025. */
function readFallback(adapter: GPUAdapter): { isFallbackAdapter: boolean } {
  const { info, isFallbackAdapter } = adapter as { info?: GPUAdapterInfo; isFallbackAdapter?: boolean }
  return { isFallbackAdapter: info?.isFallbackAdapter ?? isFallbackAdapter ?? false }
}
