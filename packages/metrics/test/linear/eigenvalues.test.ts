import { expectClose } from '@gankit/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tridiagonalInWasm } from '../../src/linear/linear-module.ts'
import { pivotedCholesky } from '../../src/linear/pivoted-cholesky.ts'
import { addProducts } from '../../src/linear/products.ts'
import { rootTrace, tridiagonalInLoops } from '../../src/linear/root-trace.ts'
import { tridiagonal } from '../../src/linear/tridiagonal.ts'
import { tridiagonalEigenvalues } from '../../src/linear/tridiagonal-eigenvalues.ts'

const symmetricEigenvalues = (matrix: Float64Array, size: number) =>
  tridiagonalEigenvalues(tridiagonal(matrix, size))

const numbers = (count: number) =>
  fc.array(fc.integer({ min: -50, max: 50 }), { minLength: count, maxLength: count })

test('the second difference has the eigenvalues 2 − 2·cos(kπ/(n + 1))', async () => {
  for (const size of [1, 2, 3, 50, 301]) {
    const matrix = new Float64Array(size * size)
    for (let i = 0; i < size; i++) {
      matrix[i * size + i] = 2
      if (i > 0) matrix[i * size + i - 1] = matrix[(i - 1) * size + i] = -1
    }
    const known = Float64Array.from(
      { length: size },
      (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (size + 1)),
    )
    await expectClose(symmetricEigenvalues(matrix, size).sort(), known, 1e-13)
  }
})

test('eigenvalues of a full matrix: x·xᵀ + diagonal a of ones has |x|² + a once, and a', async () => {
  const size = 40
  const x = Float64Array.from({ length: size }, (_, i) => Math.sin(i + 1))
  const matrix = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    return x[i]! * x[j]! + (i === j ? 3 : 0)
  })
  const greatest = x.reduce((sum, value) => sum + value * value, 3)
  await expectClose(symmetricEigenvalues(matrix, size).sort(), [...Array(size - 1).fill(3), greatest], 1e-12)
})

test('the trace and the sum of squares are those of the matrix', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }).chain(size => fc.tuple(fc.constant(size), numbers(size * size))),
      ([size, given]) => {
        const matrix = Float64Array.from(
          given,
          (_, at) => given[Math.max(at, (at % size) * size + Math.floor(at / size))]!,
        )
        const values = symmetricEigenvalues(matrix.slice(), size)
        const sum = (of: ArrayLike<number>) => Array.from(of).reduce((total, value) => total + value, 0)
        expect(sum(values)).toBeCloseTo(sum(Array.from({ length: size }, (_, i) => matrix[i * size + i]!)), 9)
        expect(sum(values.map(value => value ** 2))).toBeCloseTo(sum(matrix.map(value => value ** 2)), 7)
      },
    ),
  )
})

test("Cholesky's rows give the covariance back, and are as many as its rank", () => {
  fc.assert(
    fc.property(
      fc
        .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
        .chain(([size, rank]) => fc.tuple(fc.constant(size), fc.constant(rank), numbers(size * rank))),
      ([size, rank, given]) => {
        const factor = Float64Array.from(given)
        const covariance = new Float64Array(size * size)
        addProducts(factor, size, factor, size, rank, covariance)
        const { rows, rank: found } = pivotedCholesky(covariance, size)
        expect(found).toBeLessThanOrEqual(Math.min(size, rank))
        for (let at = 0; at < covariance.length; at++) {
          let sum = 0
          for (let k = 0; k < found; k++)
            sum += rows[k * size + Math.floor(at / size)]! * rows[k * size + (at % size)]!
          expect(Math.abs(sum - covariance[at]!)).toBeLessThan(1e-8)
        }
      },
    ),
  )
})

test('products are those of one loop, for any number of rows, and on and below the diagonal', () => {
  fc.assert(
    fc.property(
      fc
        .tuple(...[7, 9, 5].map(max => fc.integer({ min: 1, max })))
        .chain(([n, m, size]) =>
          fc.tuple(fc.constant([n!, m!, size!] as const), numbers(n! * size!), numbers(m! * size!)),
        ),
      ([[n, m, size], a, b]) => {
        const known = Float64Array.from({ length: n * m }, (_, at) => {
          let sum = 1
          for (let k = 0; k < size; k++) sum += a[Math.floor(at / m) * size + k]! * b[(at % m) * size + k]!
          return sum
        })
        const all = new Float64Array(n * m).fill(1)
        addProducts(Float64Array.from(a), n, Float64Array.from(b), m, size, all)
        expect(all).toEqual(known)
        const half = new Float64Array(n * m).fill(1)
        addProducts(Float64Array.from(a), n, Float64Array.from(b), m, size, half, true)
        for (let at = 0; at < half.length; at++)
          if (at % m <= Math.floor(at / m)) expect(half[at]).toBe(known[at])
      },
    ),
  )
})

test('the trace of the root of diagonal matrices, of which one is singular', () => {
  expect(rootTrace(Float64Array.of(4, 0, 0, 9), Float64Array.of(25, 0, 0, 16), 2)).toBeCloseTo(22, 12)
  expect(rootTrace(Float64Array.of(4, 0, 0, 0), Float64Array.of(25, 0, 0, 16), 2)).toBeCloseTo(10, 12)
  expect(rootTrace(new Float64Array(4), Float64Array.of(25, 0, 0, 16), 2)).toBe(0)
})

test('the module and the loops find the same eigenvalues between two covariances, of any size and rank', () => {
  fc.assert(
    fc.property(
      fc
        .tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 13 }))
        .chain(([size, rank]) =>
          fc.tuple(fc.constant(size), fc.constant(rank), numbers(size * rank), numbers(size * size)),
        ),
      ([size, rank, a, b]) => {
        const covariance = (factor: number[], columns: number) => {
          const out = new Float64Array(size * size)
          addProducts(Float64Array.from(factor), size, Float64Array.from(factor), size, columns, out)
          return out
        }
        const [x, y] = [covariance(a, rank), covariance(b, size)]
        const module = tridiagonalEigenvalues(tridiagonalInWasm(x, y, size)!).sort()
        const loops = tridiagonalEigenvalues(tridiagonalInLoops(x, y, size)).sort()
        expect(module.length).toBe(loops.length)
        const greatest = Math.max(1, ...loops)
        loops.forEach((value, i) => void expect(Math.abs(module[i]! - value) / greatest).toBeLessThan(1e-12))
      },
    ),
  )
})
