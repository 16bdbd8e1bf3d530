import { type Batch, type Batches, checkInteger, mapBatches, randomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { DrawnSamples } from './quick-metrics.ts'

interface ReservoirOptions {
  /** Samples to keep, a whole number from 1. */
  readonly capacity: number
  /** Seed of the choice. Default 0. */
  readonly seed?: number
}

/** Batches that pass through, and a uniform choice of their samples. */
interface Reservoir {
  /** The same batches, to train with. */
  readonly batches: Batches
  /** Samples that have passed so far. */
  seen(): number
  /** The samples that are kept so far, [min(seen, capacity), …sampleShape]. */
  samples(): DrawnSamples
}

/**
 * Keeps a uniform choice of the samples that pass, for data that can be read only once (Vitter 1985, "Random sampling with
 * a reservoir", algorithm R). Of a batch only the samples to keep are read from the backend.
 * @throws GankitError for options out of range
 */
export function reservoir(batches: Batches, { capacity, seed = 0 }: ReservoirOptions): Reservoir {
  checkInteger('metrics', 'capacity', capacity, 1)
  let [seen, taken, size] = [0, 0, 0]
  let sampleShape: readonly number[] = []
  let kept = new Float32Array(0)

  async function take({ samples }: Batch): Promise<void> {
    const [count] = samples.shape as [number]
    if (size === 0) {
      sampleShape = samples.shape.slice(1)
      size = samples.size / count
      kept = new Float32Array(capacity * size)
    }
    const places = randomStream(seed, 'metrics/reservoir', taken++).uniform(count)
    /** Rows of the batch by their place in the reservoir; of two samples for one place the later one stays. */
    const rows = new Map<number, number>()
    for (let i = 0; i < count; i++, seen++) {
      const place = seen < capacity ? seen : Math.floor(places[i]! * (seen + 1))
      if (place < capacity) rows.set(place, i)
    }
    if (rows.size === 0) return
    const chosen = tf.tidy(() => tf.gather(samples, tf.tensor1d([...rows.values()], 'int32')))
    const values = await chosen.data<'float32'>()
    chosen.dispose()
    for (const [i, place] of [...rows.keys()].entries())
      kept.set(values.subarray(i * size, (i + 1) * size), place * size)
  }

  const passing = mapBatches(batches, async batch => {
    await take(batch)
    return batch
  })
  return {
    batches: passing,
    seen: () => seen,
    samples: () => ({ samples: kept.slice(0, Math.min(seen, capacity) * size), sampleShape }),
  }
}
