import { expectClose, useUsersCache } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import type { Precision } from '../../src/choice.ts'
import { createNativeCandidate } from '../../src/node/native/candidate.ts'
import { registerNativeTrainingKernels } from '../../src/node/native/training-kernels.ts'

tf.enableProdMode()
useUsersCache()

/** Whether native TensorFlow is there to be tested; where it isn't, these tests are skipped. */
export const isNative: boolean = await createNativeCandidate({ threads: 1 })
  // One thread adds numbers in one order, so that a training gives the same each time.
  .start({ named: true, precision: 'float32' })
  .then(
    () => true,
    () => false,
  )

/** Makes native TensorFlow the backend, in this precision. */
export async function useNative(precision: Precision = 'float32'): Promise<void> {
  await tf.setBackend('tensorflow')
  registerNativeTrainingKernels(precision)
}

/** Seeded numbers between −1 and 1; of irregular sizes, so that a mistaken order of axes shows. */
export function numbers(shape: readonly number[], seed: number): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1)
  const values = Float32Array.from({ length: size }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * seed))
  return tf.tensor(values, [...shape])
}

/** Runs `f` on plain JavaScript. @returns the numbers of every tensor that it gives */
export async function onPlain(f: () => tf.Tensor[]): Promise<Float32Array[]> {
  await tf.setBackend('cpu')
  return read(f)
}

/** The same on native TensorFlow. */
export async function onNative(f: () => tf.Tensor[], precision?: Precision): Promise<Float32Array[]> {
  await useNative(precision)
  return read(f)
}

/** Expects that native TensorFlow gives the numbers of plain JavaScript. */
export async function expectSame(
  f: () => tf.Tensor[],
  relative = 1e-5,
  precision?: Precision,
): Promise<void> {
  const [plain, native] = [await onPlain(f), await onNative(f, precision)]
  for (const [i, expected] of plain.entries()) {
    const size = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    await expectClose(native[i]!, expected, relative * Math.max(1, size))
  }
}

/** Tensors that TensorFlow holds, tfjs's own and others. */
export function heldByTensorflow(): number {
  const { binding } = tf.backend() as unknown as { binding: { getNumOfTensors(): number } }
  return binding.getNumOfTensors()
}

async function read(f: () => tf.Tensor[]): Promise<Float32Array[]> {
  const results = tf.tidy(f)
  const values = await Promise.all(results.map(result => result.data<'float32'>()))
  tf.dispose(results)
  return values
}
