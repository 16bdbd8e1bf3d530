import { disposeBatch, type Position } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { createDataset, type SampleSource } from '../src/index.ts'

const numbers = (indices: Uint32Array) => Int32Array.from(indices)
const source: SampleSource = { sampleShape: [1], size: 12, dtype: 'int32', read: numbers }

test('a source may read its samples at once and its conditions later, or the other way round', async () => {
  const late = async (indices: Uint32Array) => Float32Array.from(indices, index => -index)
  const now = (indices: Uint32Array) => Float32Array.from(indices, index => -index)
  for (const given of [
    { ...source, readConditions: late },
    { ...source, read: async (indices: Uint32Array) => numbers(indices), readConditions: now },
    { ...source, readConditions: now },
  ]) {
    const before = tf.memory().numTensors
    const dataset = createDataset({ ...given, condition: { kind: 'vector', size: 1 } })
    expect([dataset.dtype, dataset.condition]).toEqual(['int32', { kind: 'vector', size: 1 }])
    for await (const batch of dataset.batches({ size: 5, seed: 1, epochs: 2, dropLast: false })) {
      expect(batch.condition!.shape).toEqual([batch.samples.shape[0], 1])
      expect(Array.from(await batch.condition!.data(), value => -value)).toEqual([
        ...(await batch.samples.data()),
      ])
      disposeBatch(batch)
    }
    expect(tf.memory().numTensors).toBe(before)
  }
})

test('conditions know the batch that they are for, read ahead or resumed', async () => {
  const readConditions = (indices: Uint32Array, { epoch, batch }: Position) =>
    Int32Array.from(indices, index => 100 * epoch + 10 * batch + (index % 4))
  const condition = { kind: 'tokens', length: 1, vocabulary: 999 } as const
  for (const read of [numbers, async (indices: Uint32Array) => numbers(indices)]) {
    const dataset = createDataset({ ...source, read, condition, readConditions })
    const seen: number[][] = []
    for (const position of [
      { epoch: 0, batch: 0 },
      { epoch: 1, batch: 2 },
    ])
      for await (const batch of dataset.batches({ size: 4, shuffle: false, epochs: 2, position })) {
        seen.push([...(await batch.condition!.data())])
        disposeBatch(batch)
      }
    const firsts = [0, 10, 20, 100, 110, 120, 120]
    expect(seen).toEqual(firsts.map(first => [first, first + 1, first + 2, first + 3]))
  }
})

test('conditions that fail are reported by the call for their batch', async () => {
  const readConditions = async (indices: Uint32Array) => {
    if (indices.includes(7)) throw new Error('condition 7 is gone')
    return Float32Array.from(indices)
  }
  const dataset = createDataset({ ...source, condition: { kind: 'vector', size: 1 }, readConditions })
  const batches = dataset.batches({ size: 4, shuffle: false })
  disposeBatch((await batches.next()).value)
  await expect(batches.next()).rejects.toThrow('condition 7 is gone')
})

test('what does not fit together is refused', async () => {
  expect(() => createDataset({ ...source, condition: { kind: 'vector', size: 1 } })).toThrow(
    '[gankit/datasets] source has condition without readConditions, expected both or neither',
  )
  expect(() => createDataset({ ...source, readConditions: numbers })).toThrow(
    'source has readConditions without condition',
  )
  const { dtype: _, ...floats } = source
  await expect(createDataset(floats).batches({ size: 2 }).next()).rejects.toThrow(
    'source gave its samples as Int32Array, expected Uint8Array or Float32Array, as its dtype is float32',
  )
  expect(() => createDataset(source).batches({ size: 2, augment: { flip: true } })).toThrow(
    'augment is for images, and these samples are whole numbers (int32): leave it out',
  )
})
