import type { Batches } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { createTrainer } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { type ModelName, models } from './models.ts'

export interface StepOptions {
  readonly model: ModelName
  readonly backend: string
  readonly batch: number
  /** Filters of the first convolution; each model has its own default. */
  readonly base?: number
  readonly threads?: number
  readonly steps: number
}

export interface StepTiming {
  readonly backend: string
  readonly threads: number
  readonly model: string
  readonly batch: number
  /** Median over the steps after warm-up. */
  readonly msPerStep: number
  readonly imagesPerSecond: number
  readonly peakRssMiB: number
  /** After the last step; constant from the second one on. */
  readonly numTensors: number
}

/** Times whole training steps of one of the project's own models, on a batch that stays the same. */
export async function timeSteps(options: StepOptions): Promise<StepTiming> {
  const { backend, threads } = await selectBackend(options)
  const gan = models[options.model](options.base)
  const trainer = createTrainer({ gan, objective: nonSaturating() })
  const times: number[] = []
  let last = 0
  for await (const event of trainer.run(sameBatch(options.batch, gan.sampleShape), {
    steps: options.steps + 5,
  })) {
    // Reading waits for backends that only queue their work.
    if (event.type === 'step') await event.read()
    const now = performance.now()
    if (event.type === 'step' && event.step > 5) times.push(now - last)
    last = now
  }
  const msPerStep = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!
  return {
    backend,
    threads,
    model: options.model,
    batch: options.batch,
    msPerStep,
    imagesPerSecond: (1000 * options.batch) / msPerStep,
    peakRssMiB: process.resourceUsage().maxRSS / 1024,
    numTensors: tf.memory().numTensors,
  }
}

function sameBatch(size: number, sampleShape: readonly number[]): Batches {
  const samples = tf.randomUniform([size, ...sampleShape], -1, 1, 'float32', 1)
  return {
    next: async () => ({ done: false, value: { samples: samples.clone() } }),
    position: () => ({ epoch: 0, batch: 0 }),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
