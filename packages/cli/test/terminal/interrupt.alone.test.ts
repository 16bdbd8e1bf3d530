import { expect, test, vi } from 'vitest'
import { listenForSignals } from '../../src/terminal/interrupt.ts'

// A Node that lets no thread but the main one hear signals.
vi.mock('../../src/terminal/second-signal.ts', () => ({
  echo: 1,
  watchSecondSignal: (_watch: object, _end: () => void, onFailure: () => void) => {
    onFailure()
    return () => {}
  },
}))

test('where no thread can watch, the second signal is left to the system', async () => {
  const texts: string[] = []
  const progress = { write: (text: string) => texts.push(text) } as unknown as NodeJS.WriteStream
  const count = () => process.listenerCount('SIGTERM')
  const before = count()
  const interrupt = listenForSignals({ progress }, 'stopping')
  expect(count()).toBe(before + 1)
  process.emit('SIGTERM', 'SIGTERM')
  expect([interrupt.signal.aborted, interrupt.exitCode(), texts]).toEqual([true, 143, ['stopping']])
  await expect.poll(count).toBe(before)
  expect(process.listenerCount('SIGHUP'), 'a terminal that closes sends several of these').toBeGreaterThan(0)
  interrupt.release()
})
