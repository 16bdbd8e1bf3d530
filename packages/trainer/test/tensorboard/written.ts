import { expect } from 'vitest'
import {
  type RunContext,
  type StepValues,
  type TensorBoardOptions,
  type TrainerEvent,
  tensorboard,
} from '../../src/index.ts'
import { eventsIn, type ReadEvent } from './reader.ts'

export const values: StepValues = {
  lossD: 1.25,
  lossG: 0.5,
  dReal: 0.75,
  dFake: 0.25,
  gradientD: 1.5,
  gradientG: 2.5,
}
/** The same under their tags. */
export const figures: Readonly<Record<string, number>> = {
  'loss/discriminator': 1.25,
  'loss/generator': 0.5,
  'd/real': 0.75,
  'd/fake': 0.25,
  'gradient/discriminator': 1.5,
  'gradient/generator': 2.5,
}

/** Step n of a run of eight images a step, four steps a second. */
export const step = (step: number, more: object = {}): TrainerEvent => ({
  type: 'step',
  step,
  images: 8 * step,
  seconds: step / 4,
  read: async () => values,
  ...more,
})
/** The end of that run. */
export const end = (step: number, more: object = {}): TrainerEvent => ({
  type: 'end',
  reason: 'done',
  step,
  images: 8 * step,
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
