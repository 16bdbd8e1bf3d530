import type * as tf from '@tensorflow/tfjs-core'
import { bfloat16, float32, type Handle, type NativeBackend, type Scope } from './backend.ts'
import { shortFloatsOf } from './short-floats.ts'

/** In which type a kernel computes, and how tensors get there and back. */
export interface Arithmetic {
  /** The type of products and convolutions, as TensorFlow numbers it. */
  readonly products: number
  /** The type in which x is already there. */
  typeOf(x: tf.TensorInfo): number
  /** x in that type. It stays x's own. */
  input(scope: Scope, x: tf.TensorInfo, dtype: number): number
  /** Hands a result over to tfjs, which takes it for float32 whatever it is. */
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
  const shortFloats = shortFloatsOf(backend)
  return {
    products: bfloat16,
    typeOf: x => (shortFloats.has(x) ? bfloat16 : float32),
    input: (scope, x, dtype) => (dtype === bfloat16 ? shortFloats.id(x) : scope.inputs(x)[0]!),
    take: (scope, result) =>
      result.dtype === bfloat16 ? shortFloats.adopt(scope.release(result)) : scope.take(result),
  }
}
