import { sizeOfShape } from '@gankit/core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type * as tf from '@tensorflow/tfjs-core'
import { stockKernels } from '../stock-kernels.ts'

export type Registrable = tf.KernelConfig
export type KernelInput = tf.TensorInfo
export type Attributes = NonNullable<Parameters<tf.KernelFunc>[0]['attrs']>
export type WasmBackend = BackendWasm
export type KernelCall = Parameters<tf.KernelFunc>[0]

/** The kernel that tfjs registered for the wasm backend under this name. */
export const stockKernel: (name: string) => Registrable = stockKernels(
  'wasm',
  "import '@tensorflow/tfjs-backend-wasm' 4.22",
)

/** The address of a tensor's numbers in the memory of the module. */
export function getAddress(backend: WasmBackend, { dataId }: KernelInput): number {
  return backend.dataIdMap.get(dataId).memoryOffset
}

/** Whether all of these are float tensors and none is empty. */
export function areFloats(...inputs: readonly KernelInput[]): boolean {
  return inputs.every(({ dtype, shape }) => dtype === 'float32' && sizeOfShape(shape) > 0)
}
