import { sizeOfShape } from '@gankit/core'
import { util } from '@tensorflow/tfjs-core'
import { countChannelChunks } from './batch-norm.ts'
import {
  areFloats,
  getAddress,
  type KernelInput,
  type Registrable,
  stockKernel,
  type WasmBackend,
} from './kernels.ts'
import { getThreadPool } from './thread-pool.ts'

/** Sums over the first axes, as in the gradient of every bias: the stock kernel transposes the whole tensor first. */
export function sumKernel(): Registrable {
  const stock = stockKernel('Sum')
  return {
    ...stock,
    kernelFunc(call) {
      const x = call.inputs['x'] as KernelInput
      const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims: boolean }
      const backend = call.backend as WasmBackend
      const pool = getThreadPool(backend)
      const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b)
      const leading = axes.length < x.shape.length && axes.every((axis, i) => axis === i)
      if (!pool || !leading || axes.length === 0 || !areFloats(x)) return stock.kernelFunc(call)
      const kept = x.shape.slice(axes.length)
      const out = backend.makeOutput(keepDims ? [...axes.map(() => 1), ...kept] : kept, 'float32')
      const [rows, channels] = [sizeOfShape(x.shape.slice(0, axes.length)), sizeOfShape(kept)]
      const words = [getAddress(backend, x), getAddress(backend, out), rows, channels]
      pool.run('sumRows', countChannelChunks(channels), words)
      return out
    },
  }
}
