import {
  getAddress,
  type KernelCall,
  type KernelInput,
  type Registrable,
  type WasmBackend,
} from './kernels.ts'
import { getThreadPool } from './thread-pool.ts'

/** The gradient of reflection padding, in one pass: tfjs's slices and reversals take dozens of times as long. */
export function reflectionPadGradKernel(): Registrable {
  return {
    kernelName: 'ReflectionPadGrad',
    backendName: 'wasm',
    kernelFunc({ inputs, attrs, backend: host }: KernelCall) {
      const backend = host as WasmBackend
      const dy = inputs['dy'] as KernelInput
      const { top, bottom, left, right } = attrs as unknown as Record<string, number>
      const borders = [top!, bottom!, left!, right!] as const
      const [n, high, wide, c] = dy.shape as [number, number, number, number]
      const [h, w] = [high - borders[0] - borders[1], wide - borders[2] - borders[3]]
      const dx = backend.makeOutput([n, h, w, c], 'float32')
      const words = [getAddress(backend, dy), getAddress(backend, dx), h, w, c, ...borders]
      getThreadPool(backend)!.run('reflectionGrad', n * h, words)
      return dx
    },
  }
}
