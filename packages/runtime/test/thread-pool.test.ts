import { Worker } from 'node:worker_threads'
import * as tf from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { beforeAll, expect, test } from 'vitest'
import { wasmThreads } from '../src/index.ts'
import { selectBackend } from '../src/node.ts'
import type { WorkerContext } from '../src/wasm/pool-worker.ts'
import { getThreadPool, hasRelaxedSimd, hasSimd, type ThreadPool } from '../src/wasm/thread-pool.ts'

beforeAll(() => selectBackend({ backend: 'wasm', threads: 2 }).then(() => undefined))

const pool = (): ThreadPool => getThreadPool(tf.backend() as BackendWasm)!
const product = () =>
  tf.tidy(() => tf.matMul(tf.ones([500, 400]), tf.fill([400, 300], 0.5))).data<'float32'>()

/** A thread in place of a worker. It runs `source`, with `context` and the `words` of the control block. */
async function threadLike(context: WorkerContext, source: string): Promise<Worker> {
  const code = `const { workerData: context, parentPort } = require('node:worker_threads')
const { memory, controlBlock } = context
const words = new Int32Array(memory.buffer, controlBlock, 16), ticket = new BigInt64Array(memory.buffer, controlBlock, 1)
parentPort.postMessage('ready')
${source}`
  const worker = new Worker(code, { eval: true, workerData: context })
  await new Promise(resolve => worker.once('message', resolve))
  return worker
}

test('every Node that is supported has SIMD, and relaxed SIMD once a backend was selected', () => {
  expect(hasSimd()).toBe(true)
  expect(hasRelaxedSimd()).toBe(true)
  expect(pool()).toMatchObject({ relaxed: true, threads: 2 })
})

/** Starts a pool with all but one of its workers, which the test may play. */
async function withPlace(threads: number): Promise<WorkerContext> {
  await selectBackend({ backend: 'wasm', threads })
  let place: WorkerContext | undefined
  pool().start(threads, context => {
    place = context
  })
  expect(place?.thread).toBe(threads)
  return place!
}

test('workers start, and compute', async () => {
  await selectBackend({ backend: 'wasm', threads: 3 })
  expect(wasmThreads()).toMatchObject({ threads: 3, relaxed: true })
  await expect.poll(() => wasmThreads()?.started, { timeout: 120_000 }).toBe(2)
  expect(new Set(await product())).toEqual(new Set([200]))
})

test('a worker that never starts is not missed', async () => {
  await withPlace(2)
  expect(new Set(await product())).toEqual(new Set([200]))
})

test('workers that fail to start are counted out, and why is known', async () => {
  await selectBackend({ backend: 'wasm', threads: 4 })
  await selectBackend({ backend: 'wasm', threads: 2 })
  pool().start(3, ({ thread }, fail) => fail(`thread ${thread} is forbidden`))
  expect(pool()).toMatchObject({ threads: 2, places: 4, failure: 'thread 3 is forbidden' })
  expect(new Set(await product())).toEqual(new Set([200]))
})

test('after the pool was stopped the work goes on, on one thread', async () => {
  pool().stop()
  expect(pool().threads).toBe(1)
  expect(new Set(await product())).toEqual(new Set([200]))
})

test('a kernel that fails on a worker makes the job fail, and does not wait for ever', async () => {
  // Takes a chunk of the first job that it sees, as a worker would, and fails.
  const worker = await threadLike(
    await withPlace(3),
    `for (;;) {
  const now = Atomics.load(ticket, 0)
  if ((now & 0xfffffn) >= ((now >> 20n) & 0xfffffn)) continue
  if (Atomics.compareExchange(ticket, 0, now, now + 1n) !== now) continue
  Atomics.store(words, 6, 1)
  break
}`,
  )
  await expect(async () => {
    // Until the thread is in time for one of the short jobs.
    for (;;) await product()
  }).rejects.toThrow(WebAssembly.RuntimeError)
  await worker.terminate()
})

test('workers end when the pool is stopped', async () => {
  const worker = await threadLike(
    await withPlace(2),
    `new WebAssembly.Instance(context.module, { env: { memory } }).exports.runWorker(controlBlock, context.thread)
parentPort.postMessage('ended')`,
  )
  const ended = new Promise(resolve => worker.once('message', resolve))
  expect(new Set(await product())).toEqual(new Set([200]))
  pool().stop()
  expect(await ended).toBe('ended')
  await worker.terminate()
})
