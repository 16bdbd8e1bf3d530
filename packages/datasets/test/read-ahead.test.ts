import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createBatches } from '../src/dataset/batches.ts'
import { createDataset } from '../src/dataset/create-dataset.ts'
import { seen } from './conformance.ts'

/** A source of 20 samples whose reads end when they are told to, and what was asked of it. */
function slowSource({ failing = -1 }: { failing?: number } = {}) {
  const asked: number[][] = []
  const pending: (() => void)[] = []
  const read = (indices: Uint32Array) => {
    const number = asked.push([...indices]) - 1
    return new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
      pending.push(() =>
        number === failing ? reject(new Error(`read ${number} failed`)) : resolve(Uint8Array.from(indices)),
      )
    })
  }
  return {
    asked,
    finish: () => pending.splice(0).forEach(end => void end()),
    dataset: createDataset({ sampleShape: [1], size: 20, read }),
  }
}

const options = { size: 5, shuffle: false, epochs: 1 } as const

test('the next batch is asked for before the last one is used, and never more than one ahead', async () => {
  const { asked, finish, dataset } = slowSource()
  const batches = dataset.batches(options)
  expect(asked).toHaveLength(0)
  for (const ahead of [2, 3, 4, 4]) {
    const next = batches.next()
    await wait(1)
    finish()
    const { samples } = (await next).value
    samples.dispose()
    await wait(5)
    expect(asked).toHaveLength(ahead)
  }
  expect(asked.flat()).toEqual(Array.from({ length: 20 }, (_, i) => i))
  expect((await batches.next()).done).toBe(true)
})

test('a source that answers at once is not read ahead', async () => {
  const asked: number[] = []
  const batches = createBatches(20, options, {
    read: indices => asked.push(indices[0]!),
    toBatch: () => ({}) as never,
  })
  await batches.next()
  await wait(5)
  expect(asked).toEqual([0])
})

test('a loop that ends early loses nothing: the next one begins where it stopped', async () => {
  const source = createDataset({
    sampleShape: [1],
    size: 20,
    read: async indices => Uint8Array.from(indices),
  })
  const whole: unknown[] = []
  for await (const batch of source.batches({ ...options, shuffle: true })) whole.push(await seen(batch))
  const batches = source.batches({ ...options, shuffle: true })
  for await (const { samples } of batches) {
    samples.dispose()
    if (batches.position().batch === 2) break
  }
  const rest: unknown[] = []
  const resumed = source.batches({ ...options, shuffle: true, position: batches.position() })
  for await (const batch of resumed) rest.push(await seen(batch))
  expect(rest).toEqual(whole.slice(2))
})

test('a read that fails rejects the call for its batch and no other, and its place can be tried again', async () => {
  const { finish, dataset } = slowSource({ failing: 1 })
  const batches = dataset.batches(options)
  const first = batches.next()
  finish()
  const { samples } = (await first).value
  finish()
  await wait(5)
  expect([...(await samples.data())].map(value => Math.round((value + 1) * 127.5))).toEqual([0, 1, 2, 3, 4])
  samples.dispose()
  await expect(batches.next()).rejects.toThrow('read 1 failed')
  expect(batches.position()).toEqual({ epoch: 0, batch: 1 })
})

test('a read that fails when nobody waits for it any more is no unhandled rejection', async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', note)
  const { finish, dataset } = slowSource({ failing: 1 })
  const batches = dataset.batches(options)
  const first = batches.next()
  finish()
  ;(await first).value.samples.dispose()
  await batches.return?.()
  finish()
  await wait(20)
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

test('a read that throws at once rejects the call for its batch, too', async () => {
  let reads = 0
  const read = (indices: Uint32Array) => {
    if (++reads === 2) throw new Error('no more')
    return Promise.resolve(Uint8Array.from(indices))
  }
  const batches = createDataset({ sampleShape: [1], size: 20, read }).batches(options)
  const { value } = await batches.next()
  value.samples.dispose()
  await expect(batches.next()).rejects.toThrow('no more')
})

test('several iterators at once each read ahead for themselves', async () => {
  const { asked, finish, dataset } = slowSource()
  const iterators = [1, 2, 3].map(() => dataset.batches(options))
  const firsts = iterators.map(batches => batches.next())
  finish()
  for (const { value } of await Promise.all(firsts)) value.samples.dispose()
  expect(asked.map(indices => indices[0])).toEqual([0, 0, 0, 5, 5, 5])
  finish()
  for (const batches of iterators) {
    const next = batches.next()
    await wait(1)
    finish()
    ;(await next).value.samples.dispose()
  }
})
