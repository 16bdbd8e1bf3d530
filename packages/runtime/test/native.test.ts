import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNativeCandidate } from '../src/node/native/candidate.ts'

/** A project of somebody's in which this process works for a while. */
let project: string
const here = process.cwd()
const request = { named: true, precision: 'float32' } as const
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'gankit-native-')))
  const named = { '@tensorflow/tfjs-node': '*', '@tensorflow/tfjs-node-gpu': '*' }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ dependencies: named }))
  process.chdir(project)
  vi.stubEnv('GANKIT_CACHE', join(project, 'cache'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  process.chdir(here)
  rmSync(project, { recursive: true })
})

function install(name: string, source: string): void {
  const folder = join(project, 'node_modules', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{}')
  writeFileSync(join(folder, 'index.js'), source)
}

test.each([
  [
    'throws',
    "throw new Error('libtensorflow.so.2: not found\\n  at dlopen')",
    'libtensorflow.so.2: not found',
  ],
  ['throws text', "throw 'wrong processor'", 'wrong processor'],
  [
    'was built against another TensorFlow',
    "throw new Error('/p/tfjs_binding.node: undefined symbol: TFE_ContextOptionsSetAsync')",
    '/p/tfjs_binding.node: undefined symbol: TFE_ContextOptionsSetAsync',
  ],
  ['misses a part', "require('a-lost-part')", "Cannot find module 'a-lost-part'"],
  ['comes with its own tfjs', '', 'it brings another copy of @tensorflow/tfjs'],
])('an install that %s is refused with why, after the other was tried', async (_, source, why) => {
  const starting = () => createNativeCandidate().start(request)
  install('@tensorflow/tfjs-node', source)
  await expect(starting()).rejects.toThrow(
    new Error(`@tensorflow/tfjs-node-gpu: not installed; @tensorflow/tfjs-node: ${why}`),
  )
  install('@tensorflow/tfjs-node-gpu', source)
  await expect(starting()).rejects.toThrow(
    new Error(`@tensorflow/tfjs-node-gpu: ${why}; @tensorflow/tfjs-node: ${why}`),
  )
})

test('an install that registers its backend is taken, that for GPUs before the other', async () => {
  // Stands in for TensorFlow: the plain backend under TensorFlow's name, in the same tfjs.
  const tfjs = JSON.stringify(createRequire(import.meta.url).resolve('@tensorflow/tfjs'))
  install(
    '@tensorflow/tfjs-node',
    `const tf = require(${tfjs}); tf.registerBackend('tensorflow', tf.findBackendFactory('cpu'))
for (const kernel of tf.getKernelsForBackend('cpu')) tf.registerKernel({ ...kernel, backendName: 'tensorflow' })`,
  )
  const reason = (name: string) => ({ reason: `${name} is installed: native TensorFlow` })
  expect(await createNativeCandidate().start(request)).toMatchObject(reason('@tensorflow/tfjs-node'))
  install('@tensorflow/tfjs-node-gpu', '')
  expect(await createNativeCandidate().start(request)).toMatchObject(reason('@tensorflow/tfjs-node-gpu'))
})

test('a binding that is no library is refused before it is used', async () => {
  install('@tensorflow/tfjs-node', '')
  const folder = join(project, 'node_modules', '@tensorflow/tfjs-node', 'lib', 'napi-v3')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'tfjs_binding.node'),
    'half a download, long enough to be read as a header of a library',
  )
  const started = createNativeCandidate().start(request)
  await expect(started).rejects.toThrow(/@tensorflow\/tfjs-node: .*tfjs_binding\.node/)
})
