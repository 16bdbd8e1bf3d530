import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { getThreadsCount } from '@tensorflow/tfjs-backend-wasm'
import { afterEach, expect, test, vi } from 'vitest'
import { maxThreads, selectBackend } from '../src/node.ts'

afterEach(() => vi.unstubAllEnvs())

test('auto takes wasm where native TensorFlow is not installed, and says why', async () => {
  const choice = await selectBackend()
  expect(choice).toMatchObject({
    backend: 'wasm',
    refused: [
      { backend: 'tensorflow', why: expect.stringContaining('@tensorflow/tfjs-node: not installed') },
    ],
    faster: expect.stringContaining('@tensorflow/tfjs-node'),
  })
  expect(tf.getBackend()).toBe('wasm')
  expect(choice.threads).toBe(getThreadsCount())
})

test('asked for by name, cpu and wasm are taken and nothing else is tried', async () => {
  expect(await selectBackend({ backend: 'cpu' })).toEqual({
    backend: 'cpu',
    threads: 1,
    reason: expect.stringContaining('plain JavaScript'),
    refused: [],
  })
  expect(tf.getBackend()).toBe('cpu')
  expect(await selectBackend({ backend: 'wasm', threads: 1 })).toMatchObject({ threads: 1, refused: [] })
  expect(tf.getBackend()).toBe('wasm')
})

test('an unknown backend is refused with the names of all', async () => {
  await expect(selectBackend({ backend: 'webgpu' })).rejects.toThrow(
    "[gankit/runtime] backend is 'webgpu', expected one of auto, tensorflow, wasm, cpu",
  )
})

test.each([0, 9, 1.5, -1, Number.NaN])('threads %s are refused', async threads => {
  const selecting = selectBackend({ threads })
  await expect(selecting).rejects.toThrow(GankitError)
  await expect(selecting).rejects.toThrow(
    `[gankit/runtime] threads is ${threads}, expected a whole number from 1 to ${maxThreads}`,
  )
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
