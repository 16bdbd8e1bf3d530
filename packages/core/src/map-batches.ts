import type { Batch, Batches } from './dataset.ts'

/** Batches with each one changed or inspected on its way; positions and early ends pass through to `batches`. */
export function mapBatches(batches: Batches, map: (batch: Batch) => Batch | Promise<Batch>): Batches {
  const mapped: Batches = {
    ...(batches.perEpoch !== undefined && { perEpoch: batches.perEpoch }),
    position: () => batches.position(),
    async next() {
      const result = await batches.next()
      return result.done ? result : { done: false, value: await map(result.value) }
    },
    return: async value => (await batches.return?.(value)) ?? { done: true, value },
    [Symbol.asyncIterator]: () => mapped,
  }
  return mapped
}
