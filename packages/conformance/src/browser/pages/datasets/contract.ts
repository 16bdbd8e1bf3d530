import type { Batch, BatchOptions, Dataset, Position } from '@gankit/core'
import { memory } from '@tensorflow/tfjs'
import { type Case, createCase } from '../../../suite/case.ts'

/**
 * The contract of a dataset as cases, without a test framework.
 * @param dataset at least 8 samples, no two alike
 */
export function createContractCases(dataset: Dataset): Case[] {
  /** About three and a half batches an epoch, so that the last batch is not full. */
  const size = Math.floor(dataset.size / 3.5)
  const walk = (options: Omit<BatchOptions, 'size'>) => all(dataset.batches({ size, ...options }))
  const samplesOf = async (options: Omit<BatchOptions, 'size'>) =>
    (await walk({ dropLast: false, ...options })).flatMap(batch => batch.samples)

  return [
    createCase(
      'batches are float32 [size, ...sampleShape] in [-1, 1], labels are class numbers',
      async () => {
        for await (const { samples, labels } of dataset.batches({ size, epochs: 1 })) {
          const values = await samples.data()
          same([samples.dtype, samples.shape], ['float32', [size, ...dataset.sampleShape]])
          samples.dispose()
          let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
          for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)]
          same([least >= -1, most <= 1, most > least], [true, true, true])
          same(labels?.length, dataset.classes && size)
          same(labels?.every(label => dataset.classes![label] !== undefined) ?? true, true)
        }
      },
    ),
    createCase('an epoch has every sample once, in an order of seed and epoch', async () => {
      const plain = await samplesOf({ shuffle: false, epochs: 1 })
      same(new Set(plain).size, dataset.size)
      const two = await samplesOf({ seed: 1, epochs: 2 })
      const orders = [
        two.slice(0, dataset.size),
        two.slice(dataset.size),
        await samplesOf({ seed: 2, epochs: 1 }),
      ]
      for (const order of orders) same(order.toSorted(), plain.toSorted())
      same(new Set([plain, ...orders].map(String)).size, 4)
    }),
    createCase('a label stays with its sample', async () => {
      const readLabels = async (options: Omit<BatchOptions, 'size'>) =>
        (await walk({ dropLast: false, epochs: 1, ...options }))
          .flatMap(({ samples, labels }) => samples.map((sample, i) => `${sample} ${labels?.[i]}`))
          .toSorted()
      same(await readLabels({ seed: 3 }), await readLabels({ shuffle: false }))
    }),
    createCase('the same options give the same batches, to two iterators at once', async () => {
      const alone = await walk({ seed: 4, epochs: 2 })
      const [a, b] = [
        dataset.batches({ size, seed: 4, epochs: 2 }),
        dataset.batches({ size, seed: 4, epochs: 2 }),
      ]
      const first = await all(a, 2)
      const other = await all(b)
      same([[...first, ...(await all(a))], other], [alone, alone])
    }),
    createCase('a position goes on where it was taken', async () => {
      const options = { size, seed: 6, dropLast: false, epochs: 2 }
      const batches = dataset.batches(options)
      const whole: Seen[] = []
      const positions: string[] = [JSON.stringify(batches.position())]
      for await (const batch of batches) {
        whole.push(await seen(batch))
        positions.push(JSON.stringify(batches.position()))
      }
      same(positions.length, 1 + 2 * Math.ceil(dataset.size / size))
      for (const [done, position] of positions.entries())
        same(await walk({ ...options, position: JSON.parse(position) as Position }), whole.slice(done))
    }),
    createCase('a loop that is left early ends the iterator, and holds no tensor', async () => {
      const before = memory().numTensors
      const batches = dataset.batches({ size, seed: 7 })
      for await (const { samples } of batches) {
        same(memory().numTensors, before + 1)
        samples.dispose()
        break
      }
      same([(await batches.next()).done, batches.position()], [true, { epoch: 0, batch: 1 }])
    }),
  ]
}

/** What a batch says, free of tensors. */
interface Seen {
  readonly samples: string[]
  readonly labels: number[] | null
}

/** The next `count` batches, or all that are left. */
async function all(batches: AsyncIterator<Batch>, count = Number.POSITIVE_INFINITY): Promise<Seen[]> {
  const taken: Seen[] = []
  while (taken.length < count) {
    const { value, done } = await batches.next()
    if (done) break
    taken.push(await seen(value))
  }
  return taken
}

/** Takes a batch's content, each sample as a hash of its bytes (FNV-1a), and disposes of it. */
async function seen({ samples, labels }: Batch): Promise<Seen> {
  const bytes = new Uint8Array((await samples.data<'float32'>()).slice().buffer)
  const [count] = samples.shape as [number]
  samples.dispose()
  const each = bytes.length / count
  const hash = (_: unknown, i: number) => {
    let [a, b] = [0x811c9dc5, 0]
    for (let at = i * each; at < (i + 1) * each; at++) {
      a = Math.imul(a ^ bytes[at]!, 0x01000193)
      b = Math.imul(b, 31) + bytes[at]!
    }
    return `${a} ${b | 0}`
  }
  return { samples: Array.from({ length: count }, hash), labels: labels ? Array.from(labels) : null }
}

function same(got: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)]
  if (a !== b) throw new Error(`got ${a?.slice(0, 200)}, expected ${b?.slice(0, 200)}`)
}
