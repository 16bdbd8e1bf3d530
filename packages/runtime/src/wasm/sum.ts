import { util } from '@tensorflow/tfjs-core'
import { chunksOfChannels } from './batch-norm.ts'
import {
  addressOf,
  areFloats,
  type KernelInput,
  type Registrable,
  sizeOf,
  stockKernel,
  type WasmBackend,
} from './kernels.ts'
import { teamOf } from './team.ts'

/** Sums over the first axes, as in the gradient of every bias: the stock kernel turns the whole tensor first. */
export function sumKernel(): Registrable {
  const stock = stockKernel('Sum')
  return {
    ...stock,
    kernelFunc(call) {
      const x = call.inputs['x'] as KernelInput
      const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims: boolean }
      const backend = call.backend as WasmBackend
      const team = teamOf(backend)
      const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b)
      const leading = axes.length < x.shape.length && axes.every((axis, i) => axis === i)
      if (!team || !leading || axes.length === 0 || !areFloats(x)) return stock.kernelFunc(call)
      const rest = x.shape.slice(axes.length)
      const out = backend.makeOutput(keepDims ? [...axes.map(() => 1), ...rest] : rest, 'float32')
      const [rows, channels] = [sizeOf(x.shape.slice(0, axes.length)), sizeOf(rest)]
      const words = [addressOf(backend, x), addressOf(backend, out), rows, channels]
      team.run('sumRows', chunksOfChannels(channels), words)
      return out
    },
  }
}
