import * as tf from '@tensorflow/tfjs'
import { addProducts } from './products.ts'
import { firstRows, type Rows } from './rows.ts'

/** Inner products of two sets of rows: by the backend where it is exact enough, otherwise in float64. */
export interface FastProducts {
  /** A product of rows x and y is off by at most `error`·|x|·|y|. */
  readonly error: number
  /** Products of `count` rows of `a`, from row `from` on, with all rows of `b`: [count, b.count], to be multiplied by `scale`. */
  of(a: Rows, from: number, count: number, b: Rows): Promise<Float32Array | Float64Array>
  readonly scale: number
}

/**
 * The backend's matMul where it computes in float32, and float64 loops where the backend has 16-bit products or is the
 * plain JavaScript one, which is slower than the loops. A backend doesn't say its precision, so a few of its products are
 * compared with float64.
 */
export async function fastProducts(a: Rows, b: Rows): Promise<FastProducts> {
  await tf.ready()
  const backend = backendProducts(a)
  return tf.getBackend() !== 'cpu' && (await isWithinError(backend, a, b)) ? backend : loopProducts(a)
}

function backendProducts({ size, scale }: Rows): FastProducts {
  return {
    // Rounding of both inputs and of `size` products and sums (Higham 2002, section 3.1), and underflow.
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

function loopProducts({ size }: Rows): FastProducts {
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

async function isWithinError(backend: FastProducts, a: Rows, b: Rows): Promise<boolean> {
  const count = Math.min(8, a.count)
  const few = firstRows(b, Math.min(64, b.count))
  const [got, exact] = [await backend.of(a, 0, count, few), await loopProducts(a).of(a, 0, count, few)]
  return exact.every((value: number, at: number) => {
    const lengths = Math.sqrt(a.squares[Math.floor(at / few.count)]! * b.squares[at % few.count]!)
    return Math.abs(got[at]! * backend.scale - value) <= backend.error * lengths + 2 ** -60 * backend.scale
  })
}
