import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { cases } from '../src/suite/index.ts'

const half = 2 ** 31

/** Fills the memory of the wasm backend, without touching it, so that the next address lies there or a little beyond. */
async function fillMemory(threads: number, next: number): Promise<void> {
  // Another number of threads starts the backend anew, with memory of its own.
  await selectBackend({ backend: 'wasm', threads: threads + 1 })
  await selectBackend({ backend: 'wasm', threads })
  const { wasm } = tf.backend() as unknown as { wasm: { _malloc(bytes: number): number } }
  const before = wasm._malloc(1 << 20)
  wasm._malloc(next - before - (1 << 20))
  const address = wasm._malloc(1 << 20)
  expect(address).toBeGreaterThanOrEqual(next)
  expect(address).toBeLessThan(next + 2 ** 20)
}

async function runAll(): Promise<void> {
  const wrong: string[] = []
  for (const { name, run } of cases({ size: 'short' }))
    await run().catch(error => wrong.push(`${name}: ${(error as Error).message}`))
  expect(wrong).toEqual([])
}

// 2 GiB and 4 GiB are where an address of 32 bits, taken as signed or summed up, becomes another number.
test.each([
  ['one thread, beyond 2 GiB', 1, half + 2 ** 22],
  ['two threads, up to 4 GiB', 2, 2 ** 32 - 2 ** 27],
])('every kernel computes the same: %s', async (_, threads, next) => {
  await fillMemory(threads, next)
  await runAll()
})

test('numbers that lie on both sides of 2 GiB are right', async () => {
  await fillMemory(2, half - 2 ** 22)
  const side = 1448
  const [a, b] = [
    tf
      .range(0, side * side)
      .reshape([side, side])
      .mod(7),
    tf.eye(side),
  ]
  expect(
    tf
      .matMul(a as tf.Tensor2D, b)
      .sub(a)
      .abs()
      .max()
      .dataSync()[0],
  ).toBe(0)
  expect(
    tf
      .sum(a, 0)
      .sub(tf.matMul(a as tf.Tensor2D, tf.ones([side, 1]), true).flatten())
      .abs()
      .max()
      .dataSync()[0],
  ).toBe(0)
})

test('memory that has run out is an error, and nothing is written at address 0', async () => {
  await fillMemory(1, 2 ** 32 - 2 ** 27)
  const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }
  const start = wasm.HEAPU8.slice(0, 4096)
  expect(() => tf.fill([2 ** 26], 7)).toThrow(
    /^\[gankit\/runtime\] the wasm backend finds no 256 MiB more: WebAssembly has 4 GiB at most, .*: take smaller batches/,
  )
  // tfjs passes 2³² + 2¹² bytes on as 2¹².
  expect(() => tf.fill([2 ** 30 + 2 ** 10], 7)).toThrow('finds no 4 GiB more')
  expect(wasm.HEAPU8.slice(0, 4096)).toEqual(start)
  expect(
    tf
      .fill([2 ** 10], 7)
      .sum()
      .dataSync()[0],
  ).toBe(7 * 2 ** 10)
})
