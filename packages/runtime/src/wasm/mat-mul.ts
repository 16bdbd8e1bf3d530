import { sizeOfShape } from '@gankit/core'
import { sumOuterProducts } from './columns.ts'
import {
  type Attributes,
  areFloats,
  getAddress,
  type KernelCall,
  type KernelInput,
  type Registrable,
  stockKernel,
  type WasmBackend,
} from './kernels.ts'
import { multiplyRows } from './rows.ts'
import { getThreadPool, type ThreadPool } from './thread-pool.ts'

/** Numbers in a row; with more, a packed panel would take too much memory. */
const maxRowLength = 1 << 17

/** Matrix products, either operand transposed or not, and batches of them. */
export function matMulKernel(): Registrable {
  const stock = stockKernel('BatchMatMul')
  return {
    ...stock,
    kernelFunc: call => multiply(call, undefined) ?? stock.kernelFunc(call),
  }
}

/**
 * A matrix product with a bias and an activation. The stock kernel wrongly adds the bias once for every 48 rows of a long
 * transposed product.
 */
export function fusedMatMulKernel(): Registrable {
  const stock = stockKernel('_FusedMatMul')
  return {
    ...stock,
    kernelFunc(call) {
      const { activation } = call.attrs as unknown as { activation: string }
      const { bias } = call.inputs as { bias?: KernelInput }
      const biasFits = !bias || (areFloats(bias) && sizeOfShape(bias.shape) === bias.shape.at(-1))
      const known = activation === 'linear' || activation in activations
      const product = known && biasFits ? multiply(call, bias) : undefined
      return product ? activate(call, product, activation) : stock.kernelFunc(call)
    },
  }
}

const activations: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  sigmoid: 'Sigmoid',
  elu: 'Elu',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
}

function activate({ inputs, attrs, backend }: KernelCall, x: KernelInput, activation: string): KernelInput {
  if (activation === 'linear') return x
  const { leakyreluAlpha } = attrs as unknown as { leakyreluAlpha?: number }
  const result = stockKernel(activations[activation]!).kernelFunc({
    inputs: { x, alpha: inputs['preluActivationWeights'] },
    backend,
    attrs: { alpha: leakyreluAlpha } as unknown as Attributes,
  }) as KernelInput
  ;(backend as WasmBackend).disposeData(x.dataId)
  return result
}

/** @returns undefined for operands that are left to the stock kernel */
function multiply(call: KernelCall, bias: KernelInput | undefined): KernelInput | undefined {
  const { a, b } = call.inputs as { a: KernelInput; b: KernelInput }
  const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean }
  const backend = call.backend as WasmBackend
  const pool = getThreadPool(backend)
  const [m, inner] = transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!]
  const [innerB, n] = transposeB ? [b.shape.at(-1)!, b.shape.at(-2)!] : [b.shape.at(-2)!, b.shape.at(-1)!]
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)]
  const alike = batchA.length === batchB.length && batchA.every((side, i) => side === batchB[i])
  const single = sizeOfShape(batchA) === 1 && sizeOfShape(batchB) === 1
  if (!pool || !areFloats(a, b) || inner !== innerB || !(alike || single) || inner > maxRowLength) return
  if (bias && sizeOfShape(bias.shape) !== n) return
  if (transposeA && (transposeB || bias)) return multiplyViaTranspose(call, a, bias)

  const batch = batchA.length >= batchB.length ? batchA : batchB
  const out = backend.makeOutput([...batch, m, n], 'float32')
  const at = { a: getAddress(backend, a), b: getAddress(backend, b), c: getAddress(backend, out) }
  const sizes = { m, inner, n, transposeA, transposeB, bias: bias ? getAddress(backend, bias) : 0 }
  for (let i = 0; i < sizeOfShape(batch); i++)
    multiplyOne(pool, {
      a: at.a + 4 * i * m * inner,
      b: at.b + 4 * i * inner * n,
      c: at.c + 4 * i * m * n,
      ...sizes,
    })
  return out
}

interface Product {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly m: number
  readonly inner: number
  readonly n: number
  readonly transposeA: boolean
  readonly transposeB: boolean
  readonly bias: number
}

function multiplyOne(
  pool: ThreadPool,
  { a, b, c, m, inner, n, transposeA, transposeB, bias }: Product,
): void {
  // Aᵀ times a column is the column as a row times A: [m, 1] and [1, m] are the same in memory.
  if (transposeA && n === 1) {
    multiplyOne(pool, { a: b, b: a, c, m: 1, inner, n: m, transposeA: false, transposeB: false, bias })
    return
  }
  if (transposeA) {
    const lattice = { images: 1, lines: 1, points: inner, filterLines: 1, filterLine: 0 }
    sumOuterProducts(pool, {
      ...{ x: a, y: b, c, width: m, columns: n },
      ...lattice,
      xStrides: [0, 0, 4 * m],
      yStrides: [0, 0, 4 * n],
    })
    return
  }
  multiplyRows(
    pool,
    {
      ...{ a, c, images: m, lines: 1, points: 1, segments: 1, length: inner, step: 0 },
      aStrides: [4 * inner, 0, 0],
      cStrides: [4 * n, 0, 0],
    },
    transposeB
      ? { b, columns: n, bias, row: 4 * inner, runs: { count: 1, length: inner, segment: 0, run: 0 } }
      : { b, columns: n, bias, row: 4 * n },
  )
}

/** Aᵀ·Bᵀ, or Aᵀ·B with a bias. Both are rare, so A is simply transposed first. */
function multiplyViaTranspose(
  call: KernelCall,
  a: KernelInput,
  bias: KernelInput | undefined,
): KernelInput | undefined {
  const rank = a.shape.length
  const perm = [...Array(rank - 2).keys(), rank - 1, rank - 2]
  const { backend, attrs, inputs } = call
  const turned = stockKernel('Transpose').kernelFunc({
    inputs: { x: a },
    backend,
    attrs: { perm } as Attributes,
  }) as KernelInput
  const result = multiply(
    { backend, inputs: { ...inputs, a: turned }, attrs: { ...attrs, transposeA: false } as Attributes },
    bias,
  )
  ;(backend as WasmBackend).disposeData(turned.dataId)
  return result
}
