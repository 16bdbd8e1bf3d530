import { expect, test } from 'vitest'
import { yieldToHost } from '../src/index.ts'

test('timers get their turn', async () => {
  let rang = false
  setTimeout(() => {
    rang = true
  }, 0)
  const until = performance.now() + 60_000
  while (!rang && performance.now() < until) await yieldToHost()
  expect(rang).toBe(true)
})

test('so do they where there is no setImmediate, as in a tab', async () => {
  const { setImmediate } = globalThis
  Reflect.deleteProperty(globalThis, 'setImmediate')
  try {
    let rang = false
    setTimeout(() => {
      rang = true
    }, 0)
    const until = performance.now() + 60_000
    while (!rang && performance.now() < until) await yieldToHost()
    expect(rang).toBe(true)
  } finally {
    globalThis.setImmediate = setImmediate
  }
})
