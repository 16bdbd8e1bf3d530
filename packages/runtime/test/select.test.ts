import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { wasmThreads } from '../src/index.ts'
import { maxThreads, selectBackend } from '../src/node.ts'

// What is installed on this machine must not show here.
beforeEach(() => void vi.stubEnv('GANKIT_CACHE', '/nowhere'))
afterEach(() => vi.unstubAllEnvs())

test('auto takes wasm where there is no GPU and no native TensorFlow, and says why', async () => {
  const choice = await selectBackend()
  expect(choice).toMatchObject({
    backend: 'wasm',
    precision: 'float32',
    tried: ['webgpu', 'tensorflow', 'wasm'],
    refused: [
      { backend: 'webgpu', why: expect.any(String) },
      { backend: 'tensorflow', why: expect.stringContaining('@tensorflow/tfjs-node: not installed') },
    ],
    faster: 'npx gankit backends install native',
  })
  expect(tf.getBackend()).toBe('wasm')
  expect(choice.threads).toBe(wasmThreads()!.threads)
})

test('asked for by name, cpu and wasm are taken and nothing else is tried', async () => {
  expect(await selectBackend({ backend: 'cpu' })).toEqual({
    backend: 'cpu',
    threads: 1,
    precision: 'float32',
    reason: expect.stringContaining('plain JavaScript'),
    tried: ['cpu'],
    refused: [],
  })
  expect(tf.getBackend()).toBe('cpu')
  expect(await selectBackend({ backend: 'wasm', threads: 1 })).toMatchObject({ threads: 1, refused: [] })
  expect(tf.getBackend()).toBe('wasm')
})

test('an unknown workload is refused with those there are', async () => {
  await expect(selectBackend({ workload: 'brief' as 'dense' })).rejects.toThrow(
    "[gankit/runtime] workload is 'brief', expected one of: dense, convolutional",
  )
})

test('an unknown backend is refused with the names of all', async () => {
  await expect(selectBackend({ backend: 'webgl' })).rejects.toThrow(
    "[gankit/runtime] backend is 'webgl', expected one of: auto, webgpu, tensorflow, wasm, cpu",
  )
})

test.each([0, 9, 10_000, 1.5, -1, Number.NaN])('threads %s are refused', async threads => {
  const selecting = selectBackend({ threads })
  await expect(selecting).rejects.toThrow(GankitError)
  await expect(selecting).rejects.toThrow(
    `[gankit/runtime] threads is ${threads}, expected a whole number from 1 to ${maxThreads}`,
  )
})

test("threads 'two' are refused", async () => {
  await expect(selectBackend({ threads: 'two' as unknown as number })).rejects.toThrow(
    "[gankit/runtime] threads is 'two', expected a whole number from 1 to 8",
  )
})

test('GANKIT_BACKEND counts where no backend is asked for', async () => {
  vi.stubEnv('GANKIT_BACKEND', 'cpu')
  expect(await selectBackend()).toMatchObject({ backend: 'cpu', tried: ['cpu'] })
  expect(await selectBackend({ backend: 'wasm' })).toMatchObject({ backend: 'wasm' })
  vi.stubEnv('GANKIT_BACKEND', 'abacus')
  await expect(selectBackend()).rejects.toThrow("backend is 'abacus', expected one of: auto, webgpu")
})

test('mixed precision: plain under auto, an error where the backend was named', async () => {
  expect(await selectBackend({ precision: 'mixed' })).toMatchObject({
    backend: 'wasm',
    precision: 'float32',
    reason: expect.stringContaining('in float32 (it has no mixed precision)'),
  })
  await expect(selectBackend({ backend: 'cpu', precision: 'mixed' })).rejects.toThrow(
    "precision is 'mixed', and backend 'cpu' computes in float32",
  )
})

test('second-order gradients are right after it: exp', async () => {
  await selectBackend({ backend: 'cpu' })
  const first = tf.grad(x => tf.exp(tf.square(x)))
  const second = await tf
    .grad(x => first(x).sum())(tf.scalar(0.7))
    .data()
  // d²/dx² exp(x²) = (2 + 4x²) exp(x²)
  expect(second[0]).toBeCloseTo((2 + 4 * 0.49) * Math.exp(0.49), 4)
})

test('GANKIT_THREADS counts where no threads are asked for', async () => {
  vi.stubEnv('GANKIT_THREADS', 'zero')
  await expect(selectBackend()).rejects.toThrow(
    "[gankit/runtime] GANKIT_THREADS is 'zero', expected a whole number from 1 to 8",
  )
  expect(await selectBackend({ backend: 'wasm', threads: 2 })).toMatchObject({ threads: 2 })
  vi.stubEnv('GANKIT_THREADS', '1')
  expect(await selectBackend({ backend: 'wasm' })).toMatchObject({ threads: 1 })
})

test('all the threads that may be asked for do start', async () => {
  expect(await selectBackend({ backend: 'wasm', threads: maxThreads })).toMatchObject({ threads: maxThreads })
  expect([...(await tf.matMul(tf.ones([64, 64]), tf.ones([64, 64])).data())]).toEqual(
    new Array(64 * 64).fill(64),
  )
})

test('the same choice again keeps the tensors of the backend', async () => {
  const once = await selectBackend({ backend: 'wasm', threads: 2 })
  const x = tf.tensor1d([1, 2, 3])
  await selectBackend({ backend: 'cpu' })
  expect(await selectBackend({ backend: 'wasm', threads: 2 })).toEqual(once)
  expect([...(await x.square().data())]).toEqual([1, 4, 9])
})
