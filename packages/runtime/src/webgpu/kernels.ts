import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu'
import * as tf from '@tensorflow/tfjs-core'
import { stockKernels } from '../stock-kernels.ts'

export type Registrable = tf.KernelConfig
export type Input = tf.TensorInfo
export type Backend = Pick<WebGPUBackend, 'runWebGPUProgram' | 'disposeData' | 'makeTensorInfo' | 'device'>
export type Program = WebGPUProgram
export type Uniforms = { type: string; data: number[] }[]

export const int = (...data: number[]): Uniforms[number] => ({ type: 'int32', data })
export const float = (...data: number[]): Uniforms[number] => ({ type: 'float32', data })

/** The kernel that tfjs registered for the WebGPU backend under this name. */
export const stockKernel: (name: string) => Registrable = stockKernels(
  'webgpu',
  "import '@tensorflow/tfjs-backend-webgpu' 4.22",
)

/** The same numbers as one row: the programs here take shapes from uniforms. */
export function flatten({ dataId, dtype, shape }: Input): Input {
  return { dataId, dtype, shape: [tf.util.sizeFromShape(shape)] }
}

/** Whether all inputs are floats and none is empty, as the programs here require. */
export function areFloats(...inputs: Input[]): boolean {
  return inputs.every(({ dtype, shape }) => dtype === 'float32' && tf.util.sizeFromShape(shape) > 0)
}
