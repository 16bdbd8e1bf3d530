import { expectClose } from '@gankit/testkit'
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
