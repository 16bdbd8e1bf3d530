import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type * as tf from '@tensorflow/tfjs-core'
import { stockKernels } from '../stock-kernels.ts'

export type Registrable = tf.KernelConfig
export type KernelInput = tf.TensorInfo
export type Attributes = NonNullable<Parameters<tf.KernelFunc>[0]['attrs']>
export type WasmBackend = BackendWasm
export type KernelCall = Parameters<tf.KernelFunc>[0]

/** What tfjs registered for the wasm backend under this name. */
export const stockKernel: (name: string) => Registrable = stockKernels(
  'wasm',
  "import '@tensorflow/tfjs-backend-wasm' 4.22",
)

/** Where a tensor's numbers lie in the memory of the module. */
export function getAddress(backend: WasmBackend, { dataId }: KernelInput): number {
  return backend.dataIdMap.get(dataId).memoryOffset
}

export const sizeOfShape = (shape: readonly number[]): number =>
  shape.reduce((product, side) => product * side, 1)

/** Whether these are float tensors with something in them. */
export function areFloats(...inputs: readonly KernelInput[]): boolean {
  return inputs.every(({ dtype, shape }) => dtype === 'float32' && sizeOfShape(shape) > 0)
}
