import type { Attributes, KernelInput, Registrable, WasmBackend } from './kernels.ts'
import { stockKernel } from './kernels.ts'

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1)

/**
 * Matrix products with a transposed operand. The stock kernel runs them as a scalar loop, and only plain products
 * through XNNPACK, ten times as fast. So a transposed operand is transposed first, and A·Bᵀ is taken as (B·Aᵀ)ᵀ where
 * A is the smaller matrix, as it is in the gradient of a dense layer's input. Batches of more than one matrix, and
 * operands that the stock kernel refuses, are left to it.
 */
export function matMulKernel(): Registrable {
  const stock = stockKernel('BatchMatMul')
  const transpose = stockKernel('Transpose')
  return {
    ...stock,
    kernelFunc(call) {
      const { a, b } = call.inputs as { a: KernelInput; b: KernelInput }
      const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean }
      if (!(transposeA || transposeB) || !isOneProduct(a, b, transposeA, transposeB))
        return stock.kernelFunc(call)
      const backend = call.backend as WasmBackend
      const turned = (x: KernelInput): KernelInput => {
        const rank = x.shape.length
        const perm = [...Array(rank - 2).keys(), rank - 1, rank - 2]
        return transpose.kernelFunc({ inputs: { x }, backend, attrs: { perm } as Attributes }) as KernelInput
      }
      const product = (left: KernelInput, right: KernelInput): KernelInput => {
        const attrs = { transposeA: false, transposeB: false }
        return stock.kernelFunc({ inputs: { a: left, b: right }, backend, attrs }) as KernelInput
      }
      const forget = (x: KernelInput) => backend.disposeData(x.dataId)

      if (!transposeA && a.shape.length === b.shape.length && sizeOf(a.shape) < sizeOf(b.shape)) {
        const left = turned(a)
        const sideways = product(b, left)
        const result = turned(sideways)
        forget(left)
        forget(sideways)
        return result
      }
      const left = transposeA ? turned(a) : a
      const right = transposeB ? turned(b) : b
      const result = product(left, right)
      if (transposeA) forget(left)
      if (transposeB) forget(right)
      return result
    },
  }
}

/** Whether this is one product of two float matrices that fit together and are not empty. */
function isOneProduct(a: KernelInput, b: KernelInput, transposeA: boolean, transposeB: boolean): boolean {
  const innerA = a.shape.at(transposeA ? -2 : -1)
  const innerB = b.shape.at(transposeB ? -1 : -2)
  const isOne = ({ shape, dtype }: KernelInput) =>
    dtype === 'float32' && sizeOf(shape) > 0 && sizeOf(shape.slice(0, -2)) === 1
  return innerA === innerB && isOne(a) && isOne(b)
}
