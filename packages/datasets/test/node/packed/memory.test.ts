import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { scratch } from '../scratch.ts'
import { startScript } from './start-script.ts'

/** The most memory, MiB, that a process has which packs so many samples and goes through them. */
async function memoryOf(count: number): Promise<number> {
  const child = await startScript('memory.ts', scratch(), String(count))
  const [printed, [code]] = await Promise.all([text(child.stdout!), once(child, 'exit')])
  expect(code).toBe(0)
  return Number(printed)
}

// What a process has before it packs anything differs by Node and machine, and so does the garbage that waits in it.
test('10,000 samples, 117 MiB, are never in memory at once', async () => {
  const [few, many] = [await memoryOf(10 * 64), await memoryOf(10_000)]
  expect(many - few).toBeLessThan(80)
})

// 1.2 GB on the disk, half a minute: GANKIT_LARGE=1 npx vitest run test/node/packed/memory.test.ts
test.skipIf(!process.env['GANKIT_LARGE'])(
  '100,000 samples stay under 300 MiB',
  async () => {
    expect(await memoryOf(100_000)).toBeLessThan(300)
  },
  300_000,
)
