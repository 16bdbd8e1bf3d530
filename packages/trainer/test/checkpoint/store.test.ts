import { describe, expect, test } from 'vitest'
import { indexedDbStore, memoryStore } from '../../src/index.ts'
import { fileStore } from '../../src/node.ts'
import { failureOf, scratch } from '../node/scratch.ts'
import { storeContract } from './store-contract.ts'

describe.each([
  ['in memory', memoryStore],
  ['on a disk', () => fileStore(scratch())],
])('a store %s', (_, open) => {
  for (const { name, run } of storeContract) test(name, () => run(open()))
})

test('a store in IndexedDB says what it needs where there is none, once it is used', async () => {
  const store = indexedDbStore('run')
  expect(await failureOf(store.list())).toBe(
    '[gankit/trainer] there is no IndexedDB here, expected a page or a worker: use fileStore in Node, or memoryStore',
  )
})
