import { sizeOfShape } from '@gankit/core'
import {
  areFloats,
  getAddress,
  type KernelInput,
  type Registrable,
  stockKernel,
  type WasmBackend,
} from './kernels.ts'
import { getThreadPool } from './thread-pool.ts'

/** The number of chunks of an element-wise kernel or of a sum over all numbers, as their sources divide the work. */
export const countChunks = (count: number): number => Math.ceil(count / 16384)

/** y where x > 0, else α·y. */
function leaky(backend: WasmBackend, x: KernelInput, y: KernelInput, alpha: number): KernelInput {
  const out = backend.makeOutput(x.shape, 'float32')
  const count = sizeOfShape(x.shape)
  const addresses = [x, y, out].map(tensor => getAddress(backend, tensor))
  getThreadPool(backend)!.run('leaky', countChunks(count), [...addresses, count], [alpha])
  return out
}

/** LeakyReLU, on every thread. */
export function leakyReluKernel(): Registrable {
  const stock = stockKernel('LeakyRelu')
  return {
    ...stock,
    kernelFunc(call) {
      const x = call.inputs['x'] as KernelInput
      const { alpha } = call.attrs as unknown as { alpha: number }
      const backend = call.backend as WasmBackend
      return areFloats(x) && getThreadPool(backend) ? leaky(backend, x, x, alpha) : stock.kernelFunc(call)
    },
  }
}

/** LeakyReLU's gradient in one pass. */
export function leakyReluGradKernel(): Registrable {
  return {
    kernelName: 'LeakyReluGrad',
    backendName: 'wasm',
    kernelFunc(call) {
      const { dy, x } = call.inputs as { dy: KernelInput; x: KernelInput }
      const { alpha } = call.attrs as unknown as { alpha: number }
      return leaky(call.backend as WasmBackend, x, dy, alpha)
    },
  }
}
