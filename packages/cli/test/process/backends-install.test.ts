import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gankit, scratch } from '@gankit/testkit/command'
import { expect, test } from 'vitest'

/**
 * The whole of it: npm, pip, the compiler, training, removing. It takes a minute or more and fetches some 300 MB, so
 * it runs only where it is asked for.
 */
const asked = process.env['GANKIT_TEST_NATIVE_INSTALL'] === '1'

test.skipIf(!asked)(
  'native TensorFlow is installed, found, trained with and removed (GANKIT_TEST_NATIVE_INSTALL=1)',
  async () => {
    const folder = scratch()
    const env = { GANKIT_CACHE: join(folder, 'cache') }
    const installed = await gankit(['backends', 'install', 'native'], folder, env)
    expect([installed.code, installed.err]).toEqual([0, expect.stringContaining('Training a step')])
    expect(installed.out).toMatch(/@tensorflow\/tfjs-node 4\.22\.0 with TensorFlow 2\.\d+\.\d+/)
    expect(readdirSync(join(folder, 'cache/native')).length).toBe(1)

    const found = await gankit(['backends', '--json', '--no-speed'], folder, env)
    const row = JSON.parse(found.out).backends.find(({ name }: { name: string }) => name === 'tensorflow')
    expect(row).toMatchObject({ present: true, version: expect.stringMatching(/^2\./) })

    const words = [
      'train',
      'mnist-digits',
      '--steps',
      '3',
      '--backend',
      'tensorflow',
      '--json',
      '--out',
      'run',
    ]
    const trained = await gankit(words, folder, env)
    expect([trained.code, trained.err]).toEqual([0, expect.stringContaining("in gankit's cache")])
    expect(JSON.parse(trained.out)).toMatchObject({ backend: 'tensorflow', steps: 3 })

    // A second install that fails leaves the first as it was.
    const failed = await gankit(['backends', 'install', 'native', '--tensorflow', '0.0.1'], folder, env)
    expect([failed.code, failed.err]).toEqual([2, expect.stringMatching(/pip has no \S+==0\.0\.1: /)])
    expect(readdirSync(join(folder, 'cache/native')).length).toBe(1)

    const removed = await gankit(['backends', 'remove', 'native'], folder, env)
    expect(removed.out).toMatch(/^Removed @tensorflow\/tfjs-node with TensorFlow 2\.\d+\.\d+, \d+ MB/)
    expect(readdirSync(join(folder, 'cache/native'))).toEqual([])
  },
  900_000,
)
