import { addressOf, type KernelInput, type Registrable, sizeOf, type WasmBackend } from './kernels.ts'
import { chunksOf } from './leaky-relu.ts'
import { teamOf } from './team.ts'

/** Σ x² of all numbers in one pass over memory, where the composed one writes all squares first. */
export function squaredSumKernel(): Registrable {
  return {
    kernelName: 'SquaredSum',
    backendName: 'wasm',
    kernelFunc(call) {
      const x = call.inputs['x'] as KernelInput
      const backend = call.backend as WasmBackend
      const team = teamOf(backend)!
      const count = sizeOf(x.shape)
      const chunks = chunksOf(count)
      const total = team.borrow(8 * Math.max(1, chunks), sums => {
        team.run('squaredSum', chunks, [addressOf(backend, x), sums, count])
        return team.doubles(sums, chunks).reduce((total, sum) => total + sum, 0)
      })
      return backend.makeOutput([], 'float32', undefined, Float32Array.of(total))
    },
  }
}
