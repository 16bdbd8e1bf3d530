import { selectBackend } from '@gankit/runtime/node'
import { useUsersCache } from '@gankit/testkit'
import { describe, expect, test } from 'vitest'
import { run } from './processes.ts'

useUsersCache()
const noNative = await selectBackend({ backend: 'tensorflow' }).then(
  () => false,
  () => true,
)

const train = async (backend: string, threads: number, seed: number, steps = 300) => {
  const { code, value, stderr } = await run(
    'steps.ts',
    [backend, String(threads), String(seed), String(steps)],
    {},
    170,
  )
  expect(code, stderr).toBe(0)
  return value
}

describe.each([
  ['wasm', 2],
  ['tensorflow', 1],
] as const)('%s, threads: %i', (backend, threads) => {
  test.skipIf(backend === 'tensorflow' && noNative)(
    'the same seed gives the same weights after 300 steps in two processes, another seed others at once',
    { timeout: 600_000 },
    async () => {
      const first = await train(backend, threads, 1)
      expect(first).toEqual({ step: 300, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
      expect(await train(backend, threads, 1)).toEqual(first)
      expect(await train(backend, threads, 2, 3)).not.toEqual(await train(backend, threads, 1, 3))
    },
  )
})
