import { Worker } from 'node:worker_threads'
import * as tf from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { beforeAll, expect, test } from 'vitest'
import { wasmThreads } from '../src/index.ts'
import { selectBackend } from '../src/node.ts'
import type { Assistance } from '../src/wasm/assist.ts'
import { hasRelaxedSimd, hasSimd, type Team, teamOf } from '../src/wasm/team.ts'

beforeAll(() => selectBackend({ backend: 'wasm', threads: 2 }).then(() => undefined))

const team = (): Team => teamOf(tf.backend() as BackendWasm)!
const product = () =>
  tf.tidy(() => tf.matMul(tf.ones([500, 400]), tf.fill([400, 300], 0.5))).data<'float32'>()

/** A thread in place of a helper, at whose start `source` runs with `assistance` and its board, `words`. */
async function threadLike(assistance: Assistance, source: string): Promise<Worker> {
  const code = `const { workerData: assistance, parentPort } = require('node:worker_threads')
const { memory, board } = assistance
const words = new Int32Array(memory.buffer, board, 16), ticket = new BigInt64Array(memory.buffer, board, 1)
parentPort.postMessage('ready')
${source}`
  const worker = new Worker(code, { eval: true, workerData: assistance })
  await new Promise(resolve => worker.once('message', resolve))
  return worker
}

test('every Node that is supported has SIMD, and relaxed SIMD once a backend was selected', () => {
  expect(hasSimd()).toBe(true)
  expect(hasRelaxedSimd()).toBe(true)
  expect(team()).toMatchObject({ relaxed: true, threads: 2 })
})

/** A team with all but one of its helpers, which the test may play. */
async function withPlace(threads: number): Promise<Assistance> {
  await selectBackend({ backend: 'wasm', threads })
  let place: Assistance | undefined
  team().hire(threads, assistance => {
    place = assistance
  })
  expect(place?.thread).toBe(threads)
  return place!
}

test('helpers start, and help', async () => {
  await selectBackend({ backend: 'wasm', threads: 3 })
  expect(wasmThreads()).toMatchObject({ threads: 3, relaxed: true })
  await expect.poll(() => wasmThreads()?.started, { timeout: 20_000 }).toBe(2)
  expect(new Set(await product())).toEqual(new Set([200]))
})

test('a helper that never comes is not missed', async () => {
  await withPlace(2)
  expect(new Set(await product())).toEqual(new Set([200]))
})

test('after helpers were dismissed the work goes on, on one thread', async () => {
  team().dismiss()
  expect(team().threads).toBe(1)
  expect(new Set(await product())).toEqual(new Set([200]))
})

test('a kernel that fails on a helper makes the job fail, and does not wait for ever', async () => {
  // Takes a chunk of the first job that it sees, as a helper would, and fails.
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
    // The thread may come too late for a short job.
    for (let i = 0; i < 1000; i++) await product()
  }).rejects.toThrow(WebAssembly.RuntimeError)
  await worker.terminate()
})

test('helpers end when they are dismissed', async () => {
  const worker = await threadLike(
    await withPlace(2),
    `new WebAssembly.Instance(assistance.module, { env: { memory } }).exports.assist(board, assistance.thread)
parentPort.postMessage('ended')`,
  )
  const ended = new Promise(resolve => worker.once('message', resolve))
  expect(new Set(await product())).toEqual(new Set([200]))
  team().dismiss()
  expect(await ended).toBe('ended')
  await worker.terminate()
})
