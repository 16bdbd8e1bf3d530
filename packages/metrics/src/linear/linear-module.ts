import { linearModule } from './linear-module.data.ts'
import type { Tridiagonal } from './tridiagonal.ts'

interface Exports {
  readonly memory: WebAssembly.Memory
  /** out = left·rightᵀ; with `lower` = 1 only the numbers on and below the diagonal are right. */
  products(
    left: number,
    rows: number,
    right: number,
    columns: number,
    size: number,
    out: number,
    lower: number,
  ): void
  tridiagonal(matrix: number, size: number, diagonal: number, offDiagonal: number, image: number): void
  /** @returns the rank */
  pivotedCholesky(covariance: number, size: number, rows: number, left: number): number
}

let module: WebAssembly.Module | null | undefined

/** @returns null where WebAssembly or its SIMD is missing or not allowed, as in a page whose CSP forbids it */
function compile(): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(linearModule), letter => letter.charCodeAt(0)))
  } catch {
    return null
  }
}

/**
 * The tridiagonal form of LᵀBL, where A = LLᵀ, in WebAssembly, two numbers at a time: about twice as fast as JavaScript, and
 * not slowed down by what ran before. Each call has an instance of its own, so that its memory is freed with it.
 * @param a [size, size] @param b [size, size], symmetric, positive semidefinite
 * @returns undefined where WebAssembly or the memory is missing
 */
export function tridiagonalInWasm(a: Float64Array, b: Float64Array, size: number): Tridiagonal | undefined {
  module ??= compile()
  if (!module) return undefined
  const { memory, ...linear } = new WebAssembly.Instance(module).exports as unknown as Exports
  const [square, line] = [8 * size * size, 8 * size]
  // Four matrices, then three rows; results overwrite matrices that are no longer needed.
  const [first, second, rows, half, row] = [0, square, 2 * square, 3 * square, 4 * square]
  const pages = Math.ceil((4 * square + 3 * line) / 65_536)
  try {
    if (pages > 1) memory.grow(pages - 1)
  } catch {
    return undefined
  }
  const numbers = (at: number, count: number) => new Float64Array(memory.buffer, at, count)
  numbers(first, size * size).set(a)
  numbers(second, size * size).set(b)
  const rank = linear.pivotedCholesky(first, size, rows, row)
  linear.products(rows, rank, second, size, size, half, 0)
  linear.products(half, rank, rows, rank, size, first, 1)
  const [diagonal, offDiagonal, image] = [row, row + line, row + 2 * line]
  numbers(offDiagonal, size).fill(0)
  linear.tridiagonal(first, rank, diagonal, offDiagonal, image)
  return {
    diagonal: numbers(diagonal, rank).slice(),
    offDiagonal: numbers(offDiagonal, rank).slice(),
  }
}
