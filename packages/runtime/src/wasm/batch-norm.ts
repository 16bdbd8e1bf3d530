import {
  getAddress,
  type KernelCall,
  type KernelInput,
  type Registrable,
  type WasmBackend,
} from './kernels.ts'
import { getThreadPool } from './thread-pool.ts'

/** The number of chunks, of 16 channels each as in the kernel's source. */
export const countChannelChunks = (channels: number): number => Math.ceil(channels / 16)

/** Batch norm over rows: statistics and result in three passes over data that stays in the cache. */
export function batchNormKernel(): Registrable {
  return {
    kernelName: 'BatchNorm',
    backendName: 'wasm',
    kernelFunc: call => runOverRows(call, 'batchNorm', ['x', 'gamma', 'beta'], [true, false, false]),
  }
}

/** The gradient of batch norm. */
export function batchNormGradKernel(): Registrable {
  return {
    kernelName: 'BatchNormGrad',
    backendName: 'wasm',
    kernelFunc: call =>
      runOverRows(call, 'batchNormGrad', ['dy', 'x', 'gamma', 'mean', 'variance'], [true, false, false]),
  }
}

/** @param like for each output, whether its shape is that of the first input, or else one number for each channel */
function runOverRows(
  { inputs, attrs, backend: host }: KernelCall,
  kernel: 'batchNorm' | 'batchNormGrad',
  names: readonly string[],
  like: readonly boolean[],
): KernelInput[] {
  const backend = host as WasmBackend
  const tensors = names.map(name => inputs[name] as KernelInput)
  const [rows, channels] = tensors[0]!.shape as [number, number]
  const outputs = like.map(table => backend.makeOutput(table ? [rows, channels] : [channels], 'float32'))
  const addresses = [...tensors, ...outputs].map(tensor => getAddress(backend, tensor))
  const { epsilon } = attrs as unknown as { epsilon: number }
  getThreadPool(backend)!.run(kernel, countChannelChunks(channels), [...addresses, rows, channels], [epsilon])
  return outputs
}
