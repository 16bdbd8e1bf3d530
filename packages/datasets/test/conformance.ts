import { createHash } from 'node:crypto'
import { type Batch, type BatchOptions, type Dataset, disposeBatch, type Position } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'

/** What one batch says, free of tensors: a hash a sample, in order, and the labels. */
interface Seen {
  readonly samples: string[]
  readonly labels: number[] | undefined
}

/** Takes a batch's content and disposes of it. */
export async function seen(batch: Batch): Promise<Seen> {
  const values = await batch.samples.data<'float32'>()
  const [count] = batch.samples.shape
  batch.samples.dispose()
  batch.condition?.dispose()
  const each = values.length / count!
  const samples = Array.from({ length: count! }, (_, i) =>
    createHash('sha1')
      .update(values.slice(i * each, (i + 1) * each))
      .digest('base64'),
  )
  return { samples, labels: batch.labels && Array.from(batch.labels) }
}

/** The next `count` batches, or all that are left. */
async function take(batches: AsyncIterator<Batch>, count = Number.POSITIVE_INFINITY): Promise<Seen[]> {
  const taken: Seen[] = []
  while (taken.length < count) {
    const { value, done } = await batches.next()
    if (done) break
    taken.push(await seen(value))
  }
  return taken
}

/**
 * Every dataset passes these, wherever its samples come from.
 * @param range 'unit' for samples in [−1, 1], as all images are; 'any' for points, which may lie anywhere
 */
export function conformsToDataset(
  name: string,
  make: () => Promise<Dataset>,
  { range = 'unit' }: { range?: 'unit' | 'any' } = {},
): void {
  describe(`${name} keeps to the contract of a dataset`, () => {
    let dataset: Dataset
    /** About three and a half batches an epoch, so that a last one is not full. */
    let size: number
    const all = (options: Omit<BatchOptions, 'size'>) => take(dataset.batches({ size, ...options }))

    beforeAll(async () => {
      dataset = await make()
      size = Math.floor(dataset.size / 3.5)
    })

    const values = range === 'unit' ? 'in [−1, 1]' : 'of finite numbers'
    test(`batches are float32 [size, ...sampleShape] ${values}, labels are class numbers`, async () => {
      for await (const { samples, condition, labels } of dataset.batches({ size, epochs: 1 })) {
        expect(samples.dtype).toBe('float32')
        expect(samples.shape).toEqual([size, ...dataset.sampleShape])
        const [least, most] = [samples.min().dataSync()[0]!, samples.max().dataSync()[0]!]
        const limit = range === 'unit' ? 1 : Number.MAX_VALUE
        expect(least).toBeGreaterThanOrEqual(-limit)
        expect(most).toBeLessThanOrEqual(limit)
        expect(most).toBeGreaterThan(least)
        samples.dispose()
        condition?.dispose()
        expect(labels === undefined).toBe(dataset.classes === undefined)
        if (!labels) continue
        expect(labels).toBeInstanceOf(Int32Array)
        expect(labels).toHaveLength(size)
        expect(labels.every(label => dataset.classes![label] !== undefined)).toBe(true)
      }
    })

    test('an epoch has every sample once; another seed and another epoch have another order', async () => {
      const plain = (await all({ shuffle: false, dropLast: false, epochs: 1 })).flatMap(
        batch => batch.samples,
      )
      expect(plain).toHaveLength(dataset.size)
      const twoEpochs = await all({ seed: 1, dropLast: false, epochs: 2 })
      const samples = twoEpochs.flatMap(batch => batch.samples)
      const [first, second] = [samples.slice(0, dataset.size), samples.slice(dataset.size)]
      const other = (await all({ seed: 2, dropLast: false, epochs: 1 })).flatMap(batch => batch.samples)
      for (const order of [first, second, other]) {
        expect(order.toSorted()).toEqual(plain.toSorted())
        expect(order).not.toEqual(plain)
      }
      expect(first).not.toEqual(second)
      expect(first).not.toEqual(other)
    })

    test('a label stays with its sample', async () => {
      const labelOf = async (options: Omit<BatchOptions, 'size'>) =>
        (await all({ dropLast: false, epochs: 1, ...options }))
          .flatMap(batch => batch.samples.map((sample, i) => `${sample} ${batch.labels?.[i]}`))
          .toSorted()
      expect(await labelOf({ seed: 3 })).toEqual(await labelOf({ shuffle: false }))
    })

    test('the last batch of an epoch is left out, or is smaller', async () => {
      const sizes = async (dropLast?: boolean) =>
        (await all({ epochs: 1, ...(dropLast !== undefined && { dropLast }) })).map(b => b.samples.length)
      expect(await sizes()).toEqual([size, size, size])
      expect(await sizes(false)).toEqual([size, size, size, dataset.size - 3 * size])
    })

    test('some samples alone are a dataset of their own, with labels, orders and an end', async () => {
      const plain = (await all({ shuffle: false, dropLast: false, epochs: 1 })).flatMap(
        ({ samples, labels }) => samples.map((sample, i) => `${sample} ${labels?.[i]}`),
      )
      const chosen = Uint32Array.from(
        { length: Math.ceil(dataset.size / 2) },
        (_, i) => dataset.size - 1 - 2 * i,
      )
      const part = dataset.select!(chosen)
      expect(part.size).toBe(chosen.length)
      expect([part.sampleShape, part.classes, part.close]).toEqual([
        dataset.sampleShape,
        dataset.classes,
        undefined,
      ])
      const list = async (of: Dataset, shuffle: boolean) =>
        (await take(of.batches({ size: 2, shuffle, seed: 3, dropLast: false, epochs: 1 }))).flatMap(
          ({ samples, labels }) => samples.map((sample, i) => `${sample} ${labels?.[i]}`),
        )
      const expected = [...chosen].map(i => plain[i])
      expect(await list(part, false)).toEqual(expected)
      const shuffled = await list(part, true)
      expect(shuffled).not.toEqual(expected)
      expect(shuffled.toSorted()).toEqual(expected.toSorted())
      expect(await list(part.select!(Uint32Array.of(1)), false)).toEqual([expected[1]])
      expect(() => dataset.select!(Uint32Array.of(dataset.size))).toThrow(
        `sample ${dataset.size} is selected`,
      )
    })

    test('the same options give the same batches, to several iterators at once', async () => {
      const alone = await all({ seed: 4, epochs: 2 })
      const [a, b] = [
        dataset.batches({ size, seed: 4, epochs: 2 }),
        dataset.batches({ size, seed: 4, epochs: 2 }),
      ]
      const together: [Seen[], Seen[]] = [[], []]
      together[0].push(...(await take(a, 2)))
      together[1].push(...(await take(b, 5)))
      together[0].push(...(await take(a)))
      together[1].push(...(await take(b)))
      expect(together).toEqual([alone, alone])
    })

    test('calls of next that do not wait for one another get the batches in order', async () => {
      const alone = await all({ seed: 5, epochs: 1 })
      const batches = dataset.batches({ size, seed: 5, epochs: 1 })
      const results = await Promise.all([batches.next(), batches.next(), batches.next(), batches.next()])
      expect(results[3]?.done).toBe(true)
      expect(await Promise.all(results.slice(0, 3).map(({ value }) => seen(value)))).toEqual(alone)
    })

    test('a position goes on exactly where it was taken, also through JSON', async () => {
      for (const dropLast of [true, false]) {
        const options = { size, seed: 6, dropLast, epochs: 3 }
        const batches = dataset.batches(options)
        const whole: Seen[] = []
        const positions: Position[] = [batches.position()]
        for await (const batch of batches) {
          whole.push(await seen(batch))
          positions.push(batches.position())
        }
        expect(positions[0]).toEqual({ epoch: 0, batch: 0 })
        expect(positions.at(-1)).toEqual({ epoch: 3, batch: 0 })
        for (const done of [1, 3, 4, 7, whole.length]) {
          const position = JSON.parse(JSON.stringify(positions[done])) as Position
          const resumed = dataset.batches({ ...options, position })
          expect(resumed.position()).toEqual(position)
          expect(await take(resumed, 5)).toEqual(whole.slice(done, done + 5))
        }
      }
    })

    test('a loop that is left early ends the iterator, and its position still holds', async () => {
      const batches = dataset.batches({ size, seed: 7 })
      for await (const batch of batches) {
        disposeBatch(batch)
        break
      }
      expect(await batches.next()).toEqual({ value: undefined, done: true })
      expect(batches.position()).toEqual({ epoch: 0, batch: 1 })
      const unused = dataset.batches({ size })
      await unused.return?.()
      expect((await unused.next()).done).toBe(true)
    })

    test('only the samples that were handed over are tensors', async () => {
      const before = tf.memory().numTensors
      const batches = dataset.batches({ size })
      const held: Batch[] = []
      for (let i = 0; i < 8; i++) held.push((await batches.next()).value)
      expect(tf.memory().numTensors).toBe(before + (dataset.condition ? 16 : 8))
      await batches.return?.()
      held.forEach(disposeBatch)
      expect(tf.memory().numTensors).toBe(before)
    })

    test('options that make no sense say so', () => {
      const options = (given: object) => () => dataset.batches({ size, ...given })
      for (const wrong of [0, -1, 1.5, Number.NaN, undefined])
        expect(options({ size: wrong })).toThrow(
          `[gankit/datasets] size is ${wrong}, expected a whole number of at least 1`,
        )
      const tooLarge = dataset.size + 1
      expect(options({ size: tooLarge })).toThrow(
        `[gankit/datasets] size is ${tooLarge} samples a batch, but the dataset has only ${dataset.size}: take smaller batches, or keep an incomplete last one (dropLast: false)`,
      )
      expect(options({ size: tooLarge, dropLast: false })).not.toThrow()
      expect(options({ epochs: 0 })).toThrow('epochs is 0, expected a whole number of at least 1')
      expect(options({ epochs: 1.5 })).toThrow('epochs is 1.5')
      expect(options({ seed: -1 })).toThrow('seed is -1')
      expect(options({ position: { epoch: 0, batch: 3 } })).toThrow(
        'position.batch is 3, expected at most 2 in epoch 0',
      )
      expect(options({ position: { epoch: 0, batch: 3 }, dropLast: false })).not.toThrow()
      expect(options({ position: { epoch: 0, batch: -1 } })).toThrow('position.batch is -1')
      expect(options({ position: { epoch: 0.5, batch: 0 } })).toThrow('position.epoch is 0.5')
      expect(options({ position: { epoch: 3, batch: 0 }, epochs: 2 })).toThrow(
        'position.epoch is 3, expected at most 2',
      )
      expect(options({ position: { epoch: 2, batch: 1 }, epochs: 2 })).toThrow('position.batch is 1')
    })
  })
}
