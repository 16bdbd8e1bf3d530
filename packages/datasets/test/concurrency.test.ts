import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { serialize } from '../src/concurrency.ts'

test('work is done one after the other, in order, also after work that failed', async () => {
  const inTurn = serialize()
  const log: string[] = []
  const work = (name: string, ms: number) => async () => {
    log.push(`${name} begins`)
    await wait(ms)
    log.push(`${name} ends`)
    if (name === 'b') throw new Error('b failed')
    return name
  }
  const results = await Promise.allSettled([
    inTurn(work('a', 20)),
    inTurn(work('b', 5)),
    inTurn(work('c', 0)),
  ])
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})
