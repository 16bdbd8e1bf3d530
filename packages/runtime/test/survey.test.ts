import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importCompiled } from '@gankit/testkit/script'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { measureSpeed, selectBackend } from '../src/node.ts'

const { surveyBackends } = await importCompiled<typeof import('../src/node.ts')>(
  join(import.meta.dirname, '..'),
  'node',
)

let project: string
const here = process.cwd()
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'gankit-survey-')))
  process.chdir(project)
  vi.stubEnv('GANKIT_CACHE', join(project, 'cache'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  process.chdir(here)
  rmSync(project, { recursive: true })
})

function installed(source: string): void {
  const folder = join(project, 'node_modules/@tensorflow/tfjs-node')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(project, 'package.json'), '{"dependencies":{"@tensorflow/tfjs-node":"*"}}')
  writeFileSync(join(folder, 'package.json'), '{}')
  writeFileSync(join(folder, 'index.js'), source)
}

test('every backend is asked in its turn, and what is missing is told with what to type', async () => {
  const asked: string[] = []
  const { backends, auto } = await surveyBackends({
    speed: false,
    threads: 2,
    onStart: name => asked.push(name),
  })
  expect(asked).toEqual(['tensorflow-gpu', 'webgpu', 'tensorflow', 'wasm', 'cpu'])
  expect(backends.map(row => row.name)).toEqual(asked)
  const row = (name: string) => backends.find(one => one.name === name)
  expect(row('tensorflow-gpu')).toMatchObject({ backend: 'tensorflow', present: false, why: 'not installed' })
  expect(row('tensorflow')).toMatchObject({
    present: false,
    why: '@tensorflow/tfjs-node-gpu: not installed; @tensorflow/tfjs-node: not installed',
    get: 'npx gankit backends install native',
  })
  expect(row('wasm')).toEqual({
    name: 'wasm',
    backend: 'wasm',
    present: true,
    why: expect.stringContaining('WebAssembly'),
    threads: 2,
    version: '4.22.0',
  })
  expect(row('cpu')).toMatchObject({ present: true, threads: 1, version: '4.22.0' })
  if (!row('webgpu')!.present || row('webgpu')!.onlyByName) expect(auto).toBe('wasm')
  // Nothing of it reaches this process.
  expect(tf.findBackendFactory('tensorflow')).toBeNull()
})

test.each([
  ['crashes', "process.kill(process.pid, 'SIGSEGV')", 'it crashed (SIGSEGV)'],
  ['throws', "throw new Error('libtensorflow.so.2: not found')", 'libtensorflow.so.2: not found'],
])('a native library that %s is told, and the others are asked', async (_, source, why) => {
  installed(source)
  const { backends } = await surveyBackends({ speed: false })
  expect(backends.find(row => row.name === 'tensorflow')).toMatchObject({
    present: false,
    why: expect.stringContaining(why),
  })
  expect(backends.find(row => row.name === 'wasm')).toMatchObject({ present: true })
})

test('a native library that hangs is told after its time limit, and the others are asked', async () => {
  installed('for (;;);')
  const asked: string[] = []
  const onStart = (name: string) => asked.push(name)
  const { backends } = await surveyBackends({ speed: false, seconds: 2, onStart })
  expect(backends.find(row => row.name === 'tensorflow')).toMatchObject({
    present: false,
    why: 'it took longer than 2 s',
  })
  // Whether these start within the time limit depends on the machine.
  expect(asked.slice(-2)).toEqual(['wasm', 'cpu'])
})

test('threads out of range are refused before anything starts', async () => {
  await expect(surveyBackends({ threads: 10_000 })).rejects.toThrow('threads is 10000, expected')
})

test('an abort ends it', async () => {
  const stopping = new AbortController()
  const survey = surveyBackends({
    signal: stopping.signal,
    onStart: () => stopping.abort(new Error('enough')),
  })
  await expect(survey).rejects.toThrow('enough')
})

test('speed is measured without leaving tensors behind', async () => {
  await selectBackend({ backend: 'wasm', threads: 1 })
  const before = tf.memory().numTensors
  const { matMul, conv, images } = await measureSpeed()
  for (const figure of [matMul, conv, images!]) expect(figure).toBeGreaterThan(0)
  expect(tf.memory().numTensors).toBe(before)
})
