import type * as tf from '@tensorflow/tfjs-core'
import { bfloat16, float32, type Handle, type NativeBackend, type Scope } from './backend.ts'
import { getBfloat16Tensors } from './bfloat16.ts'

/** The type in which kernels compute, and the conversion of their inputs and outputs. */
export interface Arithmetic {
  /** The type of products and convolutions, by TensorFlow's number. */
  readonly products: number
  /** The type in which x already exists. */
  typeOf(x: tf.TensorInfo): number
  /** The id of x in a type. The tensor belongs to x. */
  input(scope: Scope, x: tf.TensorInfo, dtype: number): number
  /** Passes a result to tfjs, which takes every result for float32. */
  take(scope: Scope, result: Handle): tf.Tensor
}

export const inFloat32: Arithmetic = {
  products: float32,
  typeOf: () => float32,
  input: (scope, x) => scope.inputs(x)[0]!,
  take: (scope, result) => scope.take(result),
}

/** Products in bfloat16 (8 bits of fraction, the exponents of float32), whose sums are float32 inside. */
export function inBfloat16(backend: NativeBackend): Arithmetic {
  const bfloat16Tensors = getBfloat16Tensors(backend)
  return {
    products: bfloat16,
    typeOf: x => (bfloat16Tensors.has(x) ? bfloat16 : float32),
    input: (scope, x, dtype) => (dtype === bfloat16 ? bfloat16Tensors.id(x) : scope.inputs(x)[0]!),
    take: (scope, result) =>
      result.dtype === bfloat16 ? bfloat16Tensors.adopt(scope.release(result)) : scope.take(result),
  }
}
