import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadThreadedModule } from '../src/node/wasm-module.ts'

const name = 'tfjs-backend-wasm-threaded-simd'
const stock = dirname(
  createRequire(import.meta.url).resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${name}.js`),
)
const binary = readFileSync(join(stock, `${name}.wasm`))

const script = join(stock, `${name}.js`)
const load = (bytes: Uint8Array = binary) => loadThreadedModule(script, bytes)

let workers: Worker[]
const remember = (worker: Worker) => void workers.push(worker)
beforeEach(() => {
  workers = []
  process.on('worker', remember)
})
afterEach(() => {
  process.off('worker', remember)
  // gankit's own pool has the only threads.
  expect(workers).toEqual([])
})

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
  wasm.tfjs['initWithThreadsCount']!(1)
  expect(wasm.tfjs['getThreadsCount']!()).toBe(1)
  expect([process.listenerCount('uncaughtException'), 'Worker' in globalThis]).toEqual(before)
})

test.each([0, 0.5, 0.99])('a binary cut to %s of its length is refused', async share => {
  await expect(load(binary.subarray(0, binary.length * share))).rejects.toThrow('WebAssembly.compile')
})

test('a binary that is none of tfjs is refused', async () => {
  // A module that imports a function `x.y`, which nobody has: \0asm, version 1, a type () → (), the import.
  const other = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 120, 1, 121, 0, 0]
  await expect(load(Uint8Array.from(other))).rejects.toThrow('WebAssembly.instantiate')
})
