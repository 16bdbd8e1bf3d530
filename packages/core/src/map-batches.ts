import type { Batch, Batches } from './dataset.ts'

/** The same batches, each changed or looked at on its way; positions and an early end are those of the batches behind. */
export function mapBatches(batches: Batches, map: (batch: Batch) => Batch | Promise<Batch>): Batches {
  const passing: Batches = {
    ...(batches.perEpoch !== undefined && { perEpoch: batches.perEpoch }),
    position: () => batches.position(),
    async next() {
      const result = await batches.next()
      return result.done ? result : { done: false, value: await map(result.value) }
    },
    return: async value => (await batches.return?.(value)) ?? { done: true, value },
    [Symbol.asyncIterator]: () => passing,
  }
  return passing
}
