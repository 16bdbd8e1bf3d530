import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import Module from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWebgpuCandidate } from '../src/node/webgpu.ts'

/** A project of somebody's in which this process works for a while. */
let project: string
const here = process.cwd()
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'gankit-webgpu-')))
  process.chdir(project)
})
afterEach(() => {
  vi.restoreAllMocks()
  process.chdir(here)
  rmSync(project, { recursive: true })
})

const request = { named: true, precision: 'float32' } as const
const start = (wanted = 'webgpu', seconds?: number) => createWebgpuCandidate(wanted, seconds).start(request)

/** Installs a stand-in for Dawn in the project. */
function install(source: string): void {
  const folder = join(project, 'node_modules/webgpu')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"name":"webgpu","type":"module","main":"index.js"}')
  writeFileSync(join(folder, 'index.js'), source)
  writeFileSync(join(project, 'package.json'), '{"dependencies":{"webgpu":"*"}}')
}

const withAdapter = (adapter: string) =>
  `export const globals = {}; export const create = () => ({ requestAdapter: async () => (${adapter}) })`

test.each([
  ['does not load', "throw new Error('dawn.node: not found')", 'webgpu does not load: dawn.node: not found'],
  [
    'finds no adapter',
    withAdapter('null'),
    'no adapter answers: there is no GPU, or no Vulkan, Metal or Direct3D driver for it',
  ],
  [
    'crashes in its driver',
    withAdapter("process.kill(process.pid, 'SIGSEGV')"),
    'its driver crashed (SIGSEGV)',
  ],
])('a Dawn that %s is refused with why, and this process goes on', async (_, source, why) => {
  install(source)
  await expect(start()).rejects.toThrow(new Error(why))
})

test('a driver that does not answer is given up', async () => {
  install(withAdapter('await new Promise(resolve => setTimeout(resolve, 60_000))'))
  await expect(start('webgpu', 1)).rejects.toThrow(new Error('no answer from its driver in 1 s'))
})

test('what a driver prints is not taken for its answer', async () => {
  install(
    `process.stdout.write('libEGL warning\\n{');${withAdapter("{ info: { description: 'llvmpipe (LLVM 15)' } }")}`,
  )
  await expect(start('auto')).rejects.toThrow(
    new Error('no GPU answers, only llvmpipe (LLVM 15), which computes on the processor: wasm is faster'),
  )
})

test('where it is not installed, that is said, and what to type', async () => {
  const internals = Module as unknown as { _resolveFilename(request: string, ...rest: unknown[]): string }
  const resolve = internals._resolveFilename
  vi.spyOn(internals, '_resolveFilename').mockImplementation((name, ...rest) => {
    if (name === 'webgpu') throw new Error('Cannot find module')
    return resolve.call(Module, name, ...rest)
  })
  await expect(start()).rejects.toThrow(new Error('webgpu is not installed'))
  expect(createWebgpuCandidate().install).toBe('npm install webgpu @tensorflow/tfjs-backend-webgpu')
})
