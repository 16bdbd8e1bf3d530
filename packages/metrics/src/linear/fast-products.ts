import * as tf from '@tensorflow/tfjs'
import { addProducts } from './products.ts'
import { firstRows, type Rows } from './rows.ts'

/** All inner products of two sets of rows, as fast as this machine has them. */
export interface FastProducts {
  /** A product of rows x and y is off by at most `error`·|x|·|y|. */
  readonly error: number
  /** Of `count` rows of a, from `from` on, with all of b: [count, b.count], to be multiplied by `scale`. */
  of(a: Rows, from: number, count: number, b: Rows): Promise<Float32Array | Float64Array>
  readonly scale: number
}

/**
 * The backend's matMul where it computes in float32, and float64 loops where it has 16-bit products or is the plain
 * JavaScript one, which is slower than they are. Which of the two, a few of the products tell: both are had, and
 * compared.
 */
export async function fastProducts(a: Rows, b: Rows): Promise<FastProducts> {
  await tf.ready()
  const backend = backendProducts(a)
  return tf.getBackend() !== 'cpu' && (await keepsItsWord(backend, a, b)) ? backend : loops(a)
}

function backendProducts({ size, scale }: Rows): FastProducts {
  return {
    // Rounding of both inputs and of `size` products and sums (Higham 2002, section 3.1), and what underflows.
    error: (size + 4) * 2 ** -24 * 1.01,
    scale: scale * scale,
    async of(a, from, count, b) {
      const products = tf.tidy(() => {
        const rows = a.rounded.subarray(from * size, (from + count) * size)
        return tf.matMul(
          tf.tensor2d(rows, [count, size]),
          tf.tensor2d(b.rounded, [b.count, size]),
          false,
          true,
        )
      })
      try {
        return await products.data<'float32'>()
      } finally {
        products.dispose()
      }
    },
  }
}

function loops({ size }: Rows): FastProducts {
  return {
    error: (size + 4) * 2 ** -53 * 1.01,
    scale: 1,
    async of(a, from, count, b) {
      const out = new Float64Array(count * b.count)
      addProducts(a.values.subarray(from * size, (from + count) * size), count, b.values, b.count, size, out)
      return out
    },
  }
}

async function keepsItsWord(backend: FastProducts, a: Rows, b: Rows): Promise<boolean> {
  const count = Math.min(8, a.count)
  const few = firstRows(b, Math.min(64, b.count))
  const [got, exact] = [await backend.of(a, 0, count, few), await loops(a).of(a, 0, count, few)]
  return exact.every((value: number, at: number) => {
    const lengths = Math.sqrt(a.squares[Math.floor(at / few.count)]! * b.squares[at % few.count]!)
    return Math.abs(got[at]! * backend.scale - value) <= backend.error * lengths + 2 ** -60 * backend.scale
  })
}
