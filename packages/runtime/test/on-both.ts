import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'

/** Runs `f` on one backend. @returns the numbers of every tensor that it gives */
export async function on(backend: string, f: () => tf.Tensor[]): Promise<Float32Array[]> {
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`)
  const results = tf.tidy(f)
  const numbers = await Promise.all(results.map(result => result.data<'float32'>()))
  tf.dispose(results)
  return numbers
}

/** Expects the same numbers from wasm as from tfjs' plain JavaScript. */
export async function expectSameOnBoth(f: () => tf.Tensor[], relative = 1e-5): Promise<void> {
  const [plain, wasm] = [await on('cpu', f), await on('wasm', f)]
  for (const [index, numbers] of plain.entries()) {
    const size = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    await expectClose(wasm[index]!, numbers, relative * Math.max(1, size))
  }
}
