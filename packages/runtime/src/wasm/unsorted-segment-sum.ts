import { sizeOfShape } from '@gankit/core'
import type { KernelInput, Registrable, WasmBackend } from './kernels.ts'

/** Sums of the rows of each segment: the gradient of `gather`, and so of every embedding. */
export function unsortedSegmentSumKernel(): Registrable {
  return {
    kernelName: 'UnsortedSegmentSum',
    backendName: 'wasm',
    kernelFunc(call) {
      const { x, segmentIds } = call.inputs as { x: KernelInput; segmentIds: KernelInput }
      const { numSegments } = call.attrs as unknown as { numSegments: number }
      const backend = call.backend as WasmBackend
      const ids = segmentIds.shape.length
      const rowShape = x.shape.slice(ids)
      const out = backend.makeOutput([numSegments, ...rowShape], x.dtype)
      const numbers = (of: KernelInput) => backend.typedArrayFromHeap(of as never)
      const [rows, to, result] = [numbers(x), numbers(segmentIds), numbers(out)]
      const width = sizeOfShape(rowShape)
      result.fill(0)
      for (const [row, segment] of to.entries()) {
        // As in tfjs, a row with the number of no segment is left out.
        if (segment < 0 || segment >= numSegments) continue
        for (let i = 0; i < width; i++) result[segment * width + i]! += rows[row * width + i]!
      }
      return out
    },
  }
}
