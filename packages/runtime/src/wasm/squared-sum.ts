import { sizeOfShape } from '@gankit/core'
import { getAddress, type KernelInput, type Registrable, type WasmBackend } from './kernels.ts'
import { countChunks } from './leaky-relu.ts'
import { getThreadPool } from './thread-pool.ts'

/** Σ x² of all numbers in one pass over memory; composed of other kernels, the sum would write all squares first. */
export function squaredSumKernel(): Registrable {
  return {
    kernelName: 'SquaredSum',
    backendName: 'wasm',
    kernelFunc(call) {
      const x = call.inputs['x'] as KernelInput
      const backend = call.backend as WasmBackend
      const pool = getThreadPool(backend)!
      const count = sizeOfShape(x.shape)
      const chunks = countChunks(count)
      const total = pool.borrow(8 * Math.max(1, chunks), sums => {
        pool.run('squaredSum', chunks, [getAddress(backend, x), sums, count])
        return pool.doubles(sums, chunks).reduce((total, sum) => total + sum, 0)
      })
      return backend.makeOutput([], 'float32', undefined, Float32Array.of(total))
    },
  }
}
