import { type Batch, type BatchOptions, disposeBatch } from '@gankit/core'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromArrays } from '../src/index.ts'
import { conformsToDataset } from './conformance.ts'

const counting = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7) % 251)

conformsToDataset('bytes with labels', async () =>
  fromArrays({ samples: counting(50 * 12), shape: [2, 2, 3], labels: counting(50).map(b => b % 5) }),
)
conformsToDataset('bytes without labels', async () => fromArrays({ samples: counting(37), shape: [1] }))

test('a byte becomes byte / 127.5 − 1, in the order of the bytes', async () => {
  const images = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  const dataset = fromArrays({ samples: images, shape: [8, 4, 2] })
  const { value } = await dataset.batches({ size: 4, shuffle: false }).next()
  expect(value.samples.shape).toEqual([4, 8, 4, 2])
  await expectClose(
    value.samples,
    Array.from(images, byte => (2 * byte) / 255 - 1),
    1e-7,
  )
  const values = value.samples.dataSync()
  expect([values[0], values[255]]).toEqual([-1, 1])
  value.samples.dispose()
})

test('every sample comes once in an epoch, whatever the size of the batches', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 45 }),
      fc.maxSafeNat(),
      async (count, size, seed) => {
        const images = Uint8Array.from({ length: count }, (_, i) => i)
        const dataset = fromArrays({ samples: images, shape: [1], labels: images })
        const labels: number[] = []
        for await (const batch of dataset.batches({ size, seed, dropLast: false, epochs: 1 })) {
          labels.push(...batch.labels!)
          batch.samples.dispose()
        }
        expect(labels.toSorted((a, b) => a - b)).toEqual(Array.from(images))
      },
    ),
    { seed: 1, numRuns: 100 },
  )
})

test('classes are named by their numbers unless told otherwise', () => {
  const labels = Int32Array.of(0, 2, 1)
  const options = { samples: counting(3), shape: [1], labels }
  expect(fromArrays(options).classes).toEqual(['0', '1', '2'])
  const classes = ['cat', 'dog', 'bird', 'fish']
  expect(fromArrays({ ...options, classes }).classes).toEqual(classes)
})

test('bytes, shape, labels and classes have to fit together', () => {
  const make = (given: object) => () =>
    fromArrays({ samples: new Uint8Array(12), shape: [2, 2, 1], ...given })
  const fails = (given: object, message: string) =>
    expect(make(given)).toThrow(`[gankit/datasets] ${message}`)
  fails(
    { samples: new Uint8Array(13) },
    'samples has 13 numbers, expected a multiple of 4 for samples of shape [2,2,1]',
  )
  fails({ samples: new Uint8Array(0) }, 'samples has 0 numbers')
  fails({ shape: [] }, 'shape is []')
  fails({ shape: [2, 0] }, 'shape is [2,0]')
  fails({ shape: [1.5] }, 'shape is [1.5]')
  fails({ labels: new Uint8Array(2) }, 'labels has 2 numbers, expected 3')
  fails({ labels: Int32Array.of(0, -1, 0) }, 'labels go from -1 to 0')
  fails({ labels: Uint8Array.of(0, 1, 2), classes: ['a', 'b'] }, 'labels go from 0 to 2, expected 0 to 1')
})

/** Sample i of the datasets below is made of the number i, and so is its condition. */
const numbers = (count: number, width: number) =>
  Int32Array.from({ length: count * width }, (_, i) => 1000 * Math.floor(i / width) + (i % width))

async function readAll(dataset: ReturnType<typeof fromArrays>, options: BatchOptions) {
  const rows: { samples: number[]; condition: number[] | undefined; shapes: (number[] | undefined)[] }[] = []
  const take = async ({ samples, condition, ...others }: Batch) => {
    rows.push({
      samples: Array.from(await samples.data()),
      condition: condition && Array.from(await condition.data()),
      shapes: [samples.shape, condition?.shape],
    })
    disposeBatch({ samples, ...(condition && { condition }), ...others })
  }
  for await (const batch of dataset.batches(options)) await take(batch)
  return rows
}

test('whole numbers come as int32, in the order of floats of the same seed', async () => {
  const tokens = numbers(23, 5)
  const integers = fromArrays({ samples: tokens, shape: [5] })
  const floats = fromArrays({ samples: Float32Array.from(tokens), shape: [5] })
  expect([integers.dtype, floats.dtype]).toEqual(['int32', undefined])
  const options = { size: 4, seed: 9, epochs: 2, dropLast: false }
  expect(await readAll(integers, options)).toEqual(await readAll(floats, options))
  const { value } = await integers.batches(options).next()
  expect(value.samples.dtype).toBe('int32')
  disposeBatch(value)
})

test('bytes are token numbers where dtype says so', async () => {
  const dataset = fromArrays({ samples: Uint8Array.of(3, 255, 0, 7), shape: [2], dtype: 'int32' })
  const [batch] = await readAll(dataset, { size: 2, shuffle: false, epochs: 1 })
  expect(batch!.samples).toEqual([3, 255, 0, 7])
})

test.each([
  ['vectors', Float32Array.from(numbers(23, 3)), { kind: 'vector', size: 3 }, 'float32'],
  ['token numbers', numbers(23, 3), { kind: 'tokens', length: 3, vocabulary: 999 }, 'int32'],
] as const)(
  'conditions that are %s stay with their samples, shuffled and resumed',
  async (_, conditions, condition, dtype) => {
    const dataset = fromArrays({ samples: numbers(23, 2), shape: [2], conditions, condition })
    expect(dataset.condition).toEqual(condition)
    const options = { size: 4, seed: 2, epochs: 2, dropLast: false }
    const whole = await readAll(dataset, options)
    expect(whole).toHaveLength(12)
    for (const { samples, condition, shapes } of whole) {
      const count = samples.length / 2
      expect(shapes).toEqual([
        [count, 2],
        [count, 3],
      ])
      for (let i = 0; i < count; i++) {
        const first = samples[2 * i]!
        expect(condition!.slice(3 * i, 3 * i + 3)).toEqual([first, first + 1, first + 2])
      }
    }
    const firsts = whole.slice(0, 6).flatMap(({ samples }) => samples.filter((_, i) => i % 2 === 0))
    expect(firsts).not.toEqual(firsts.toSorted((a, b) => a - b))
    expect(await readAll(dataset, { ...options, position: { epoch: 1, batch: 2 } })).toEqual(whole.slice(8))
    const before = tf.memory().numTensors
    const { value } = await dataset.batches(options).next()
    expect(value.condition!.dtype).toBe(dtype)
    disposeBatch(value)
    expect(tf.memory().numTensors).toBe(before)
  },
)

test('conditions in bytes are images in [−1, 1]', async () => {
  const dataset = fromArrays({
    samples: Uint8Array.of(0, 255),
    shape: [1, 1, 1],
    conditions: Uint8Array.of(255, 0),
    condition: { kind: 'image', shape: [1, 1, 1] },
  })
  const [batch] = await readAll(dataset, { size: 2, shuffle: false, epochs: 1 })
  expect(batch!.samples).toEqual([-1, 1])
  expect(batch!.condition).toEqual([1, -1])
})

test('types, conditions and attributes have to fit the samples', () => {
  const make = (given: object) => () => fromArrays({ samples: new Uint8Array(6), shape: [2], ...given })
  const fails = (given: object, message: string) =>
    expect(make(given)).toThrow(`[gankit/datasets] ${message}`)
  fails(
    { samples: new Float32Array(6), dtype: 'int32' },
    'samples is a Float32Array, expected an Int32Array or a Uint8Array for dtype int32',
  )
  fails(
    { samples: new Int32Array(6), dtype: 'float32' },
    'samples is a Int32Array, expected a Float32Array or a Uint8Array for dtype float32',
  )
  fails({ conditions: new Uint8Array(6) }, 'conditions is given alone')
  fails({ condition: { kind: 'vector', size: 2 } }, 'condition is given alone')
  fails(
    { conditions: new Uint8Array(7), condition: { kind: 'vector', size: 2 } },
    'conditions has 7 numbers, expected 6: 2 for each of 3 samples',
  )
  const attributes = { definitions: [{ name: 'a', values: ['b', 'c'] }], values: new Uint8Array(2) }
  fails({ attributes }, 'attributes.values has 2 numbers, expected 3: 1 for each of 3 samples')
})
