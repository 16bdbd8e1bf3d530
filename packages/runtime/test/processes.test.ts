import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ScriptResult } from '@gankit/testkit/script'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BackendChoice } from '../src/index.ts'
import { run } from './child.ts'

/** A project of somebody's, with nothing installed. */
let project: string
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'gankit-runtime-'))
})
afterEach(() => rmSync(project, { recursive: true }))

/** With nothing in gankit's cache either. */
function select(options: object, more: Parameters<typeof run>[2] = {}): Promise<ScriptResult> {
  const env = { GANKIT_CACHE: join(project, 'cache'), ...more.env }
  return run('select.ts', [JSON.stringify(options)], { cwd: project, ...more, env })
}

function choiceOf({ code, stdout, stderr }: ScriptResult): BackendChoice {
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return JSON.parse(stdout)
}

const webgpu = { backend: 'webgpu', why: expect.any(String) }
const notInstalled = '@tensorflow/tfjs-node-gpu: not installed; @tensorflow/tfjs-node: not installed'

test('where nothing is installed, wasm is taken, the process ends and says nothing of its own', async () => {
  const choice = choiceOf(await select({ threads: 2 }))
  expect(choice).toEqual({
    backend: 'wasm',
    threads: 2,
    precision: 'float32',
    reason: expect.stringMatching(/^WebAssembly with SIMD and gankit's training kernels/),
    tried: ['webgpu', 'tensorflow', 'wasm'],
    refused: [webgpu, { backend: 'tensorflow', why: notInstalled }],
    faster: 'npx gankit backends install native',
  })
})

test('a broken native install is told, and never fatal', async () => {
  const folder = join(project, 'node_modules/@tensorflow/tfjs-node')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(project, 'package.json'), '{"dependencies":{"@tensorflow/tfjs-node":"*"}}')
  writeFileSync(join(folder, 'package.json'), '{}')
  writeFileSync(join(folder, 'index.js'), "throw new Error('libtensorflow.so.2: not found\\n  at dlopen')")
  const choice = choiceOf(await select({ threads: 1 }))
  expect(choice.backend).toBe('wasm')
  expect(choice.refused).toEqual([
    webgpu,
    {
      backend: 'tensorflow',
      why: '@tensorflow/tfjs-node-gpu: not installed; @tensorflow/tfjs-node: libtensorflow.so.2: not found',
    },
  ])
})

test('native asked for by name and not there: the error says how to get it', async () => {
  const { code, stderr } = await select({ backend: 'tensorflow' })
  expect(code).toBe(1)
  expect(stderr).toContain(
    `[gankit/runtime] backend 'tensorflow' could not be started: tensorflow (${notInstalled}). To get it: npx gankit backends install native`,
  )
})

test('a damaged threaded binary costs the threads, no more', async () => {
  const choice = choiceOf(
    await select({ threads: 2 }, { preload: 'truncate.js', env: { TRUNCATE: 'threaded-simd.wasm' } }),
  )
  expect(choice).toMatchObject({ backend: 'wasm', threads: 1 })
  expect(choice.reason).toMatch(
    /training kernels, on one thread because more could not be started \(WebAssembly\.compile/,
  )
})

test('where every wasm binary is damaged, plain JavaScript is left', async () => {
  const { code, stdout } = await select(
    { threads: 2 },
    { preload: 'truncate.js', env: { TRUNCATE: '.wasm' } },
  )
  expect(code).toBe(0)
  const choice = JSON.parse(stdout) as BackendChoice
  expect(choice.backend).toBe('cpu')
  expect(choice.refused).toEqual([
    webgpu,
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
