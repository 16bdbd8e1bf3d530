import type { Batches } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import type { BackendChoice } from '@gankit/runtime'
import { selectBackend } from '@gankit/runtime/node'
import { createGanTrainer, type Trainer } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { findWorkload, type ModelName, models } from './models.ts'

export interface StepOptions {
  readonly model: ModelName
  readonly backend: string
  readonly batch: number
  /** Filters of the first convolution; each model has its own default. */
  readonly base?: number
  readonly threads?: number
  readonly precision: 'float32' | 'mixed'
  readonly steps: number
}

export interface StepTiming {
  readonly backend: string
  readonly threads: number
  readonly precision: string
  readonly model: ModelName
  readonly batch: number
  readonly base?: number
  /** Median over the steps after warm-up. */
  readonly msPerStep: number
  readonly imagesPerSecond: number
  /** From building the networks to the end of the first step. */
  readonly firstStepMs: number
  readonly peakRssMiB: number
  /** After the last step; constant from the second one on. */
  readonly numTensors: number
}

/** V8 goes on compiling what turns out to be hot for about that many, on a core of its own. */
const warmUp = 20

/** Times whole training steps of one of the project's own models, on a batch that stays the same. */
export async function timeSteps(options: StepOptions): Promise<StepTiming> {
  const choice = await selectBackend({ ...options, workload: findWorkload(options.model) })
  const began = performance.now()
  const times: number[] = []
  let last = began
  let firstStepMs = 0
  for await (const step of steps(options, warmUp + options.steps)) {
    const now = performance.now()
    if (step === 1) firstStepMs = now - began
    if (step > warmUp) times.push(now - last)
    last = now
  }
  const msPerStep = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!
  return {
    ...namesOf(choice),
    model: options.model,
    batch: options.batch,
    ...(options.base && { base: options.base }),
    msPerStep,
    imagesPerSecond: (1000 * options.batch) / msPerStep,
    firstStepMs,
    peakRssMiB: process.resourceUsage().maxRSS / 1024,
    numTensors: tf.memory().numTensors,
  }
}

const namesOf = ({ backend, threads, precision }: BackendChoice) => ({ backend, threads, precision })

/** Trains so many steps, and says after each that it is done. */
export async function* steps(
  { model, base, batch }: Pick<StepOptions, 'model' | 'base' | 'batch'>,
  count: number,
): AsyncGenerator<number> {
  const gan = models[model](base)
  const trainer: Trainer = createGanTrainer({ gan, objective: nonSaturating() })
  for await (const event of trainer.run(sameBatch(batch, gan.sampleShape), { steps: count }))
    if (event.type === 'step') {
      // Reading waits for backends that only queue their work.
      await event.read()
      yield event.step
    }
}

/** Batches that are all the same one. */
export function sameBatch(size: number, sampleShape: readonly number[]): Batches {
  const samples = tf.randomUniform([size, ...sampleShape], -1, 1, 'float32', 1)
  return {
    next: async () => ({ done: false, value: { samples: samples.clone() } }),
    position: () => ({ epoch: 0, batch: 0 }),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
