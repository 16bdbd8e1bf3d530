import { GankitError } from '@gankit/core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'

export type Registrable = tf.KernelConfig
export type KernelInput = tf.TensorInfo
export type Attributes = NonNullable<Parameters<tf.KernelFunc>[0]['attrs']>
export type WasmBackend = BackendWasm
export type KernelCall = Parameters<tf.KernelFunc>[0]

/** What tfjs registered for the wasm backend under this name, remembered over replacements. */
export function stockKernel(name: string): Registrable {
  const kernel = stock.get(name) ?? tf.getKernel(name, 'wasm')
  if (!kernel)
    throw new GankitError(
      'runtime',
      'backend',
      `the wasm backend has no kernel ${name}: import '@tensorflow/tfjs-backend-wasm' 4.22 before its training kernels are registered`,
    )
  stock.set(name, kernel)
  return kernel
}

const stock = new Map<string, Registrable>()

/** Where a tensor's numbers lie in the memory of the module. */
export function addressOf(backend: WasmBackend, { dataId }: KernelInput): number {
  return backend.dataIdMap.get(dataId).memoryOffset
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1)

/** Whether these are float tensors with something in them. */
export function areFloats(...inputs: readonly KernelInput[]): boolean {
  return inputs.every(({ dtype, shape }) => dtype === 'float32' && sizeOf(shape) > 0)
}
