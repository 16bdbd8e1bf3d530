import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { gankit, scratch } from '@gankit/testkit/command'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../../..')

/** What a package exports, the kernels that it has gradients of, and the methods of its tensors. */
function describe(specifier: string, folder: string) {
  const script = `
    const tf = require('${specifier}')
    const gradients = Object.values(tf).filter(name => typeof name === 'string' && tf.getGradient(name))
    const methods = Object.keys(tf.Tensor.prototype)
    console.log(JSON.stringify({ names: Object.keys(tf), gradients, methods, version: tf.version }))`
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

test('the parts of TensorFlow.js that npm start installs are what the whole is without data and WebGL', async () => {
  // The command of a checkout compiles what the parts need.
  expect((await gankit(['--version'], scratch())).code).toBe(0)
  const parts = describe('./scripts/tfjs-parts', root)
  const whole = describe('@tensorflow/tfjs', join(root, 'packages/core'))
  expect(whole.gradients.length).toBeGreaterThan(90)
  expect(parts.gradients.sort()).toEqual(whole.gradients.sort())
  expect(parts.methods.sort()).toEqual(whole.methods.sort())
  const { 'tfjs-data': _, 'tfjs-backend-webgl': __, ...version } = whole.version
  expect(parts.version).toEqual(version)
  expect(whole.names.filter((name: string) => !parts.names.includes(name)).sort()).toEqual([
    ...['GPGPUContext', 'MathBackendWebGL', 'data', 'forceHalfFloat', 'gpgpu_util', 'setWebGLContext'],
    ...['version_webgl', 'webgl', 'webgl_util'],
  ])
  expect(parts.names.filter((name: string) => !whole.names.includes(name))).toEqual([])
})
