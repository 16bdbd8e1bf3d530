import { sizeOfShape } from '@gankit/core'
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

/** Batch norm over rows, or over the rows of each image: statistics and result in three passes over data in the cache. */
export function batchNormKernel(kernelName: 'BatchNorm' | 'InstanceNorm'): Registrable {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: call => runOverRows(call, 'batchNorm', ['x', 'gamma', 'beta']),
  }
}

/** The gradient of either. */
export function batchNormGradKernel(kernelName: 'BatchNormGrad' | 'InstanceNormGrad'): Registrable {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: call => runOverRows(call, 'batchNormGrad', ['dy', 'x', 'gamma', 'mean', 'variance']),
  }
}

/** Runs a kernel with three outputs: one of the first input's shape, and two with a number for each channel. */
function runOverRows(
  { inputs, attrs, backend: host }: KernelCall,
  kernel: 'batchNorm' | 'batchNormGrad',
  names: readonly string[],
): KernelInput[] {
  const backend = host as WasmBackend
  const tensors = names.map(name => inputs[name] as KernelInput)
  const { shape } = tensors[0]!
  const [rows, channels] = shape.slice(-2) as [number, number]
  const images = shape.slice(0, -2)
  const outputs = [shape, [...images, channels], [...images, channels]].map(of =>
    backend.makeOutput(of, 'float32'),
  )
  const addresses = [...tensors, ...outputs].map(tensor => getAddress(backend, tensor))
  const { epsilon } = attrs as unknown as { epsilon: number }
  const chunks = sizeOfShape(images) * countChannelChunks(channels)
  getThreadPool(backend)!.run(kernel, chunks, [...addresses, rows, channels], [epsilon])
  return outputs
}
