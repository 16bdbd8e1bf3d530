import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BackendChoice } from '../src/index.ts'
import { type Ended, run } from './child.ts'

/** A project of somebody's, with nothing installed. */
let project: string
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'gankit-runtime-'))
})
afterEach(() => rmSync(project, { recursive: true }))

function choiceOf({ code, stdout, stderr }: Ended): BackendChoice {
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return JSON.parse(stdout)
}

const notInstalled = '@tensorflow/tfjs-node-gpu: not installed; @tensorflow/tfjs-node: not installed'

test('where nothing is installed, wasm is taken, the process ends and says nothing of its own', async () => {
  const choice = choiceOf(await run('select.ts', ['{"threads":2}'], { cwd: project }))
  expect(choice).toEqual({
    backend: 'wasm',
    threads: 2,
    reason: "WebAssembly with SIMD and gankit's training kernels",
    refused: [{ backend: 'tensorflow', why: notInstalled }],
    faster: 'npm install @tensorflow/tfjs-node',
  })
})

test('a broken native install is told, and never fatal', async () => {
  const folder = join(project, 'node_modules/@tensorflow/tfjs-node')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'index.js'), "throw new Error('libtensorflow.so.2: not found\\n  at dlopen')")
  const choice = choiceOf(await run('select.ts', ['{"threads":1}'], { cwd: project }))
  expect(choice.backend).toBe('wasm')
  expect(choice.refused).toEqual([
    {
      backend: 'tensorflow',
      why: '@tensorflow/tfjs-node-gpu: not installed; @tensorflow/tfjs-node: libtensorflow.so.2: not found',
    },
  ])
})

test('native asked for by name and not there: the error says how to get it', async () => {
  const { code, stderr } = await run('select.ts', ['{"backend":"tensorflow"}'], { cwd: project })
  expect(code).toBe(1)
  expect(stderr).toContain(
    `[gankit/runtime] backend 'tensorflow' could not be started: tensorflow (${notInstalled}). To get it: npm install @tensorflow/tfjs-node`,
  )
})

test('a damaged threaded binary costs the threads, no more', async () => {
  const choice = choiceOf(
    await run('select.ts', ['{"threads":2}'], {
      cwd: project,
      preload: 'truncate.js',
      env: { TRUNCATE: 'threaded-simd.wasm' },
    }),
  )
  expect(choice).toMatchObject({ backend: 'wasm', threads: 1 })
  expect(choice.reason).toMatch(
    /training kernels, on one thread because more could not be started \(WebAssembly\.compile/,
  )
})

test('where every wasm binary is damaged, plain JavaScript is left', async () => {
  const { code, stdout } = await run('select.ts', ['{"threads":2}'], {
    cwd: project,
    preload: 'truncate.js',
    env: { TRUNCATE: '.wasm' },
  })
  expect(code).toBe(0)
  const choice = JSON.parse(stdout) as BackendChoice
  expect(choice.backend).toBe('cpu')
  expect(choice.refused).toEqual([
    { backend: 'tensorflow', why: notInstalled },
    { backend: 'wasm', why: 'tfjs could not initialise its wasm backend' },
  ])
})

test('a process that trains on two threads ends by itself, with the losses of one', async () => {
  const [one, two] = await Promise.all([run('train.ts', ['1']), run('train.ts', ['2'])])
  for (const { code, stderr } of [one, two]) expect([code, stderr]).toEqual([0, ''])
  const results = [one, two].map(({ stdout }) => JSON.parse(stdout))
  expect(results.map(({ threads }) => threads)).toEqual([1, 2])
  expect(results[1].losses).toEqual(results[0].losses)
  expect(results[0].losses.at(-1)).toBeLessThan(results[0].losses[0])
})

test.each(['1', '2'])('on %s threads an uncaught error reads as it always does', async threads => {
  const { code, stderr } = await run('train.ts', [threads, 'throw'])
  expect(code).toBe(1)
  expect(stderr).toContain('Error: on purpose')
  expect(stderr).toContain('train.ts')
  expect(stderr).not.toContain('Emscripten')
  expect(stderr.length).toBeLessThan(2000)
})
