import * as tf from '@tensorflow/tfjs-core'
import type { Arithmetic } from './arithmetic.ts'
import {
  flag,
  float32,
  type Handle,
  inScope,
  type NativeBackend,
  type Scope,
  stockKernel,
  type,
} from './backend.ts'

/**
 * Products of matrices and of batches of matrices, as TensorFlow's `BatchMatMulV2`. `MatMul` takes 0.1 ms less, but in
 * TensorFlow 2.21 damages the heap when a signal, such as Ctrl-C's or a profiler's, arrives during the call. Small products
 * run as `BatchMatMulV3`, which bypasses oneDNN and its 0.03 ms of preparation.
 */
export function matMulKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('BatchMatMul')
  return {
    ...stock,
    kernelFunc(call) {
      const { a, b } = call.inputs as Record<string, tf.TensorInfo>
      if (a!.dtype !== 'float32' || b!.dtype !== 'float32') return stock.kernelFunc(call)
      return inScope(call.backend, scope => arithmetic.take(scope, multiply(scope, arithmetic, a!, b!, call)))
    },
  }
}

/** The product with a bias, which tfjs-node computes with two kernels. */
export function fusedMatMulKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('_FusedMatMul')
  return {
    ...stock,
    kernelFunc(call) {
      const { a, b, bias } = call.inputs as Record<string, tf.TensorInfo | undefined>
      const { activation = 'linear', transposeB } = call.attrs as unknown as {
        activation?: string
        transposeB?: boolean
      }
      const columns = b!.shape.at(transposeB ? -2 : -1)
      const floats = a!.dtype === 'float32' && b!.dtype === 'float32'
      // The stock kernel runs a product and an activation, which are kernels of gankit again.
      const plain = !bias || (bias.shape.length === 1 && bias.shape[0] === columns)
      if (!floats || !plain || activation !== 'linear') return stock.kernelFunc(call)
      return inScope(call.backend, scope => {
        const product = multiply(scope, arithmetic, a!, b!, call)
        if (!bias) return arithmetic.take(scope, product)
        const { dtype } = product
        const inputs = [product.id, arithmetic.input(scope, bias, dtype)]
        return arithmetic.take(scope, scope.run('BiasAdd', [type('T', dtype)], inputs)[0]!)
      })
    },
  }
}

function multiply(
  scope: Scope,
  arithmetic: Arithmetic,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  { attrs, backend }: Parameters<tf.KernelFunc>[0],
): Handle {
  const dtype = chooseType(arithmetic, a, b)
  const turned = [flag('adj_x', Boolean(attrs!['transposeA'])), flag('adj_y', Boolean(attrs!['transposeB']))]
  const factors = [a, b].map(factor => arithmetic.input(scope, factor, dtype))
  const gpu = (backend as unknown as NativeBackend).isUsingGpuDevice
  const columns = b.shape.at(attrs!['transposeB'] ? -2 : -1)!
  return dtype === float32 && !gpu && tf.util.sizeFromShape([...a.shape]) * columns <= maxSmallProduct
    ? scope.run('BatchMatMulV3', [...types, ...turned], factors)[0]!
    : scope.run('BatchMatMulV2', [type('T', dtype), ...turned], factors)[0]!
}

/** Multiplications up to which a product is faster without oneDNN, on one thread and on two. */
const maxSmallProduct = 2 ** 21
const types = ['Ta', 'Tb', 'Tout'].map(name => type(name, float32))

/** Thin products, such as D's logit, gain nothing from 16-bit floats and stay float32. */
function chooseType(arithmetic: Arithmetic, ...factors: readonly tf.TensorInfo[]): number {
  const thin = factors.some(({ shape }) => Math.min(...shape.slice(-2)) < 16)
  return thin ? float32 : arithmetic.products
}
