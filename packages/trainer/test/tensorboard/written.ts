import { expect } from 'vitest'
import {
  type RunContext,
  type ScalarValues,
  type TensorBoardOptions,
  type TrainerEvent,
  tensorboard,
} from '../../src/index.ts'
import { eventsIn, type ReadEvent } from './reader.ts'

export const values: ScalarValues = {
  'discriminator/loss': 1.25,
  'generator/loss': 0.5,
  'discriminator/real': 0.75,
  'discriminator/fake': 0.25,
  'discriminator/gradient': 1.5,
  'generator/gradient': 2.5,
}
/** The same under their tags. */
export const tagged: Readonly<Record<string, number>> = {
  'loss/D': 1.25,
  'loss/G': 0.5,
  'D(x)/real': 0.75,
  'D(x)/fake': 0.25,
  'gradient/D': 1.5,
  'gradient/G': 2.5,
}

/** Step n of a run of eight images a step, four steps a second. */
export const step = (step: number, more: object = {}): TrainerEvent => ({
  type: 'step',
  step,
  samplesSeen: 8 * step,
  seconds: step / 4,
  read: async () => values,
  ...more,
})
/** The end of that run. */
export const end = (step: number, more: object = {}): TrainerEvent => ({
  type: 'end',
  reason: 'done',
  step,
  samplesSeen: 8 * step,
  trained: 8 * step,
  seconds: step / 4,
  values,
  ...more,
})

/** What is written for these events, by the records of `write`. */
export async function written(
  events: readonly TrainerEvent[],
  options: Partial<TensorBoardOptions> = {},
  run = {} as RunContext,
): Promise<ReadEvent[]> {
  const records: Uint8Array[] = []
  const write = (record: Uint8Array) => void records.push(record)
  const callback = tensorboard({ write, histogramEvery: 0, now: () => 2500, ...options })
  for (const event of events) await callback(event, run)
  return records.flatMap(record => {
    const read = eventsIn(record)
    expect(read.length, 'one record a write').toBe(1)
    return read
  })
}
