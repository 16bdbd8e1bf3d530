import { availableParallelism, platform } from 'node:os'
import { beforeEach, expect, test, vi } from 'vitest'
import type { NativeThreadOptions } from '../../src/node/native/threads.ts'
import { run } from '../child.ts'
import { isNative } from './on-native.ts'

const variable = 'TF_NUM_INTRAOP_THREADS'
beforeEach(() => {
  vi.resetModules()
  vi.unstubAllEnvs()
})

/** Loads what stands in for TensorFlow. @returns what `withThreads` says, and what TensorFlow reads meanwhile */
async function load(...turns: NativeThreadOptions[]) {
  const { withThreads } = await import('../../src/node/native/threads.ts')
  let read: string | undefined
  const said = turns.map(wanted =>
    withThreads(wanted, () => {
      read ??= process.env[variable]
    }),
  )
  return { ...said.at(-1)!, read }
}

test.each<[NativeThreadOptions, number, string?]>([
  [{}, availableParallelism()],
  [{ workload: 'convolutional' }, availableParallelism()],
  [{ workload: 'dense' }, 1],
  [{ workload: 'dense', threads: 3 }, 3],
  [{ threads: 3 }, 3, '5'],
  [{}, 5, '5'],
  [{ workload: 'dense' }, 5, '5'],
])('%j gives %i threads, and leaves the environment alone', async (wanted, threads, before) => {
  if (before) vi.stubEnv(variable, before)
  expect(await load(wanted)).toEqual({ threads, note: '', read: String(threads) })
  expect(process.env[variable]).toBe(before)
})

test('TensorFlow keeps the threads that it started with, and says so where others are asked for', async () => {
  expect(await load({ threads: 3 }, { threads: 2 })).toMatchObject({
    threads: 3,
    note: ', with the 3 threads that it started with',
  })
})

test('they stay so without a word where no number is asked for', async () => {
  expect(await load({ workload: 'dense' }, { workload: 'convolutional' })).toMatchObject({
    threads: 1,
    note: '',
  })
})

test('a load that fails leaves the environment alone', async () => {
  const { withThreads } = await import('../../src/node/native/threads.ts')
  const fail = () => {
    throw new Error('no library')
  }
  expect(() => withThreads({ threads: 2 }, fail)).toThrow('no library')
  expect(process.env[variable]).toBeUndefined()
  expect(withThreads({ threads: 3 }, () => {}).threads).toBe(3)
})

test.skipIf(!isNative || platform() !== 'linux')(
  'TensorFlow itself makes as many as are asked for (skipped where it is not installed)',
  async () => {
    const threadsOf = async (options: object) => {
      const { stdout, stderr, code } = await run('threads.ts', [JSON.stringify(options)])
      expect([code, stderr]).toEqual([0, expect.any(String)])
      return JSON.parse(stdout) as { readonly said: number; readonly there: number }
    }
    const one = await threadsOf({ workload: 'dense' })
    const four = await threadsOf({ threads: 4 })
    expect([one.said, four.said]).toEqual([1, 4])
    expect(four.there - one.there).toBe(3)
  },
)
