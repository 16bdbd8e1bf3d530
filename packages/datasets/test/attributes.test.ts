import { type Dataset, isGankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { createDataset, listConditions, withAttributes } from '../src/index.ts'

/** Sample i is the number i; its attributes and its class can be told from it. */
const count = 60
const dataset: Dataset = createDataset({
  sampleShape: [1],
  size: count,
  classes: ['even', 'odd'],
  labels: Int32Array.from({ length: count }, (_, i) => i % 2),
  attributes: {
    definitions: [
      { name: 'third', values: ['a', 'b', 'c'] },
      { name: 'small', values: ['no', 'yes'] },
    ],
    values: Uint8Array.from({ length: 2 * count }, (_, i) => (i % 2 ? Number(i < 30) : (i / 2) % 3)),
  },
  read: indices => Float32Array.from(indices),
})

test('attributes in the order that is asked for, labels among them, for the right samples', async () => {
  const chosen = withAttributes(dataset, ['small', 'class', 'third'])
  expect(chosen.attributes).toEqual([
    { name: 'small', values: ['no', 'yes'] },
    { name: 'class', values: ['even', 'odd'] },
    { name: 'third', values: ['a', 'b', 'c'] },
  ])
  const { numTensors } = tf.memory()
  const batches = chosen.batches({ size: 7, seed: 3, epochs: 1 })
  let seen = 0
  for await (const { samples, attributes } of batches) {
    const numbers = await samples.data()
    samples.dispose()
    for (const [i, number] of numbers.entries()) {
      expect([...attributes!.subarray(3 * i, 3 * i + 3)]).toEqual([
        Number(number < 15),
        number % 2,
        number % 3,
      ])
      seen++
    }
  }
  expect(seen).toBe(56)
  expect(batches.position()).toEqual({ epoch: 1, batch: 0 })
  expect(tf.memory().numTensors).toBe(numTensors)
})

test('some samples alone keep the chosen attributes', async () => {
  const part = withAttributes(dataset, ['class', 'third']).select!(Uint32Array.of(7, 30, 2))
  const { samples, attributes } = (await part.batches({ size: 3, shuffle: false }).next()).value
  expect([...(await samples.data())]).toEqual([7, 30, 2])
  samples.dispose()
  expect([...attributes]).toEqual([7 % 2, 7 % 3, 0, 0, 0, 2])
})

test('an iterator that is left is closed, and goes on from its position', async () => {
  const chosen = withAttributes(dataset, ['third'])
  const batches = chosen.batches({ size: 10, seed: 1 })
  ;(await batches.next()).value.samples.dispose()
  const position = batches.position()
  const rest = async (from: ReturnType<Dataset['batches']>) => {
    const { value } = await from.next()
    const numbers = [...(await value.samples.data())]
    value.samples.dispose()
    return numbers
  }
  const going = await rest(batches)
  expect(await batches.return!()).toMatchObject({ done: true })
  expect(await rest(chosen.batches({ size: 10, seed: 1, position }))).toEqual(going)
})

test('shares of the values are those counted by hand', async () => {
  const { numTensors } = tf.memory()
  const [small, parity] = await listConditions(withAttributes(dataset, ['small', 'class']))
  expect(small).toEqual({ name: 'small', values: ['no', 'yes'], shares: [0.75, 0.25] })
  expect(parity).toEqual({ name: 'class', values: ['even', 'odd'], shares: [0.5, 0.5] })
  expect(tf.memory().numTensors).toBe(numTensors)
})

test.each([
  [dataset, 'hair', "attribute is 'hair', expected one of: third, small, class"],
  [
    createDataset({ sampleShape: [1], size: 1, read: () => new Float32Array(1) }),
    'class',
    "attribute is 'class', expected one of: none, as the data have no attributes",
  ],
])('a name that is not there', (data, name, message) => {
  try {
    withAttributes(data, [name])
    expect.unreachable()
  } catch (error) {
    expect(isGankitError(error) && error.message).toContain(message)
  }
})
