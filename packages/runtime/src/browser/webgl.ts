import * as tf from '@tensorflow/tfjs'
import type { Candidate } from '../choice.ts'
import { registerWebglTrainingKernels } from '../webgl/register.ts'
import { isSoftwareDriver } from '../webgpu/adapter.ts'
import { startBackend } from './start-backend.ts'

/**
 * WebGL where numbers have 32 bits. By name WebGL is taken with 16 bits or without a GPU too, and the reason says so.
 */
export function createWebglCandidate(): Candidate {
  return {
    backend: 'webgl',
    async start({ named }) {
      const name = readRendererName()
      const software = isSoftwareDriver(name)
      if (software && !named) throw new Error(`no GPU answers, only ${name}, which computes on the processor`)
      if (software) tf.env().set('SOFTWARE_WEBGL_ENABLED', true)
      registerWebglTrainingKernels()
      await startBackend('webgl', name, 30)
      const bits = (await has32Bits()) ? 32 : 16
      if (bits === 16 && !named)
        throw new Error(`${name} computes with 16 bits, and training diverges with these`)
      const notes = [
        ...(bits === 16 ? [', with 16 bits only: expect training to diverge'] : []),
        ...(software ? [', which computes on the processor: right, but slow'] : []),
      ]
      return { threads: 1, reason: `WebGL on ${name}${notes.join('')}` }
    },
  }
}

/** The name that the driver reports. @throws Error where there is no WebGL */
function readRendererName(): string {
  const canvas =
    typeof document === 'undefined' ? new OffscreenCanvas(1, 1) : document.createElement('canvas')
  const gl = (canvas.getContext('webgl2') ?? canvas.getContext('webgl')) as WebGLRenderingContext | null
  if (!gl) throw new Error('this browser has no WebGL')
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info')
  const name = gl.getParameter(unmasked ? unmasked.UNMASKED_RENDERER_WEBGL : gl.RENDERER)
  // Browsers keep only a few contexts, and drop the oldest when a page creates more.
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return String(name || 'a GPU that does not say its name')
}

/**
 * Whether numbers keep 24 bits and a range of 2³⁰ through a shader. Some phones store 32 bits but compute with fewer, which
 * the flags of tfjs don't show.
 */
async function has32Bits(): Promise<boolean> {
  if (!tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) return false
  const [fine, large] = [2 ** -20, 2 ** 30]
  // Large enough that tfjs doesn't compute on the processor instead.
  const tensors = tf.tidy(() => {
    const [one, small, big] = [1, fine, large].map(value => tf.fill([64, 64], value)) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ]
    return [one.add(small).sub(one), big.mul(one.add(one))]
  })
  const [kept, doubled] = await Promise.all(tensors.map(tensor => tensor.data()))
  tf.dispose(tensors)
  return kept!.every(value => value === fine) && doubled!.every(value => value === 2 * large)
}
