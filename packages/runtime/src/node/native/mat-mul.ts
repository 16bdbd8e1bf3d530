import type * as tf from '@tensorflow/tfjs-core'
import type { Arithmetic } from './arithmetic.ts'
import { flag, float32, type Handle, inScope, type Scope, type } from './backend.ts'
import { stockKernel } from './registry.ts'

/** BatchMatMul, of two matrices by `MatMul`: tfjs-node takes the operation for batches, which costs 0.1 ms more. */
export function matMulKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('BatchMatMul')
  return {
    ...stock,
    kernelFunc(call) {
      const { a, b } = call.inputs as Record<string, tf.TensorInfo>
      if (a!.dtype !== 'float32' || b!.dtype !== 'float32') return stock.kernelFunc(call)
      const transposed = transposedIn(call.attrs)
      return inScope(call.backend, scope =>
        arithmetic.take(
          scope,
          isMatrix(a!) && isMatrix(b!)
            ? restore(scope, multiply(scope, arithmetic, a!, b!, transposed), a!, b!)
            : multiplyBatch(scope, arithmetic, a!, b!, transposed),
        ),
      )
    },
  }
}

/** The same with a bias; tfjs-node's own makes two kernels of it. */
export function fusedMatMulKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('_FusedMatMul')
  return {
    ...stock,
    kernelFunc(call) {
      const { a, b, bias } = call.inputs as Record<string, tf.TensorInfo | undefined>
      const { activation = 'linear' } = call.attrs as unknown as { activation?: string }
      const transposed = transposedIn(call.attrs)
      const matrices = isMatrix(a!) && isMatrix(b!)
      const columns = b!.shape.at(transposed.b ? -2 : -1)
      // The stock one asks for a product and an activation, which are kernels from here again.
      const plain = !bias || (bias.shape.length === 1 && bias.shape[0] === columns)
      if (!matrices || !plain || activation !== 'linear') return stock.kernelFunc(call)
      return inScope(call.backend, scope => {
        const product = multiply(scope, arithmetic, a!, b!, transposed)
        if (!bias) return arithmetic.take(scope, restore(scope, product, a!, b!))
        const { dtype } = product
        const inputs = [product.id, arithmetic.input(scope, bias, dtype)]
        const [sum] = scope.run('BiasAdd', [type('T', dtype)], inputs)
        return arithmetic.take(scope, restore(scope, sum!, a!, b!))
      })
    },
  }
}

interface Transposed {
  readonly a: boolean
  readonly b: boolean
}

function transposedIn(attrs: tf.NamedAttrMap | undefined): Transposed {
  return { a: Boolean(attrs!['transposeA']), b: Boolean(attrs!['transposeB']) }
}

/** Whether it is one matrix, or a batch of one. */
function isMatrix({ shape, dtype }: tf.TensorInfo): boolean {
  return dtype === 'float32' && (shape.length === 2 || (shape.length === 3 && shape[0] === 1))
}

function multiply(
  scope: Scope,
  arithmetic: Arithmetic,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  transposed: Transposed,
): Handle {
  const dtype = typeFor(arithmetic, a, b)
  const matrices = [a, b].map(factor => {
    const id = arithmetic.input(scope, factor, dtype)
    return factor.shape.length === 2 ? id : scope.reshape(id, factor.shape.slice(1), dtype).id
  })
  const attributes = [type('T', dtype), flag('transpose_a', transposed.a), flag('transpose_b', transposed.b)]
  return scope.run('MatMul', attributes, matrices)[0]!
}

function multiplyBatch(
  scope: Scope,
  arithmetic: Arithmetic,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  transposed: Transposed,
): Handle {
  const dtype = typeFor(arithmetic, a, b)
  const attributes = [type('T', dtype), flag('adj_x', transposed.a), flag('adj_y', transposed.b)]
  const factors = [a, b].map(factor => arithmetic.input(scope, factor, dtype))
  return scope.run('BatchMatMulV2', attributes, factors)[0]!
}

/** Thin products, such as D's logit, gain nothing from short floats and keep their precision. */
function typeFor(arithmetic: Arithmetic, ...factors: readonly tf.TensorInfo[]): number {
  const thin = factors.some(({ shape }) => Math.min(...shape.slice(-2)) < 16)
  return thin ? float32 : arithmetic.products
}

/** A batch of one again, where one of the factors was. */
function restore(scope: Scope, product: Handle, a: tf.TensorInfo, b: tf.TensorInfo): Handle {
  const flat = a.shape.length === 2 && b.shape.length === 2
  return flat ? product : scope.reshape(product.id, [1, ...product.shape], product.dtype)
}
