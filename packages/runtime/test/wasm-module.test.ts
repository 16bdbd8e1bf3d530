import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadThreadedModule } from '../src/node/wasm-module.ts'

const name = 'tfjs-backend-wasm-threaded-simd'
const stock = dirname(
  createRequire(import.meta.url).resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${name}.js`),
)
const binary = readFileSync(join(stock, `${name}.wasm`))

/** A copy of the module whose workers may be others. */
let folder: string
let workers: Worker[]
const remember = (worker: Worker) => void workers.push(worker)
beforeEach(() => {
  workers = []
  process.on('worker', remember)
  folder = mkdtempSync(join(tmpdir(), 'gankit-wasm-'))
  copyFileSync(join(stock, `${name}.js`), join(folder, `${name}.js`))
  copyFileSync(join(stock, `${name}.worker.js`), join(folder, `${name}.worker.js`))
})
afterEach(() => {
  process.off('worker', remember)
  rmSync(folder, { recursive: true })
})

const withWorker = (source: string) =>
  writeFileSync(
    join(folder, `${name}.worker.js`),
    `module.exports.wasmWorkerContents = ${JSON.stringify(source)}`,
  )
const load = (bytes: Uint8Array = binary, seconds?: number) =>
  loadThreadedModule(join(folder, `${name}.js`), bytes, 2, seconds)

/** Expects that so many workers were started and that all have ended. */
async function expectStopped(count: number): Promise<void> {
  expect(workers).toHaveLength(count)
  await expect.poll(() => workers.filter(worker => worker.threadId !== -1), { timeout: 5000 }).toEqual([])
}

test('its functions are those that tfjs calls, and it leaves nothing in the process', async () => {
  const before = [process.listenerCount('uncaughtException'), 'Worker' in globalThis]
  const wasm = await load()
  expect(Object.keys(wasm.tfjs).sort()).toEqual([
    'dispose',
    'disposeData',
    'getThreadsCount',
    'init',
    'initWithThreadsCount',
    'registerTensor',
  ])
  wasm.tfjs['initWithThreadsCount']!(2)
  expect(wasm.tfjs['getThreadsCount']!()).toBe(2)
  expect([process.listenerCount('uncaughtException'), 'Worker' in globalThis]).toEqual(before)
  for (const worker of workers) await worker.terminate()
  await expectStopped(8)
})

test.each([0, 0.5, 0.99])('a binary cut to %s of its length is refused', async share => {
  await expect(load(binary.subarray(0, binary.length * share))).rejects.toThrow('WebAssembly.compile')
  await expectStopped(0)
})

test('a binary that is none of tfjs is refused, and its workers are stopped', async () => {
  // A module that imports a function `x.y`, which nobody has: \0asm, version 1, a type () → (), the import.
  const other = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 120, 1, 121, 0, 0]
  await expect(load(Uint8Array.from(other))).rejects.toThrow('WebAssembly.instantiate')
  await expectStopped(8)
})

test('workers that never answer are given up and stopped', async () => {
  withWorker('setInterval(() => {}, 1000)')
  await expect(load(binary, 1)).rejects.toThrow('no answer from its workers in 1 s')
  await expectStopped(8)
})

test('workers that throw are refused with what they threw', async () => {
  withWorker('throw new Error("no threads here")')
  await expect(load()).rejects.toThrow('no threads here')
  await expectStopped(8)
})
