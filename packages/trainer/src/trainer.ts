import type { Batches } from '@gankit/core'
import { algorithm1 } from './algorithm1.ts'
import { averageOf } from './average.ts'
import type { EndEvent, TrainerEvent } from './events.ts'
import { runOf } from './loop.ts'
import { adam } from './optimizers/adam.ts'
import { checkTrainerOptions, type RunOptions, type TrainerOptions } from './options.ts'
import { Pause } from './pause.ts'
import type { Training } from './training.ts'

/** Training in time. */
export interface Trainer extends Training {
  /** Trains until a limit and tells what happens as it happens. Breaking out of the loop stops the training. */
  run(batches: Batches, options: RunOptions): AsyncGenerator<TrainerEvent, void, undefined>
  /** Trains until a limit without a loop of your own. @returns how it ended */
  fit(batches: Batches, options: RunOptions): Promise<EndEvent>
  /** Lets a run stand after the step under way, so that its networks can be looked at. @returns when it stands */
  pause(): Promise<void>
  /** Lets a run that was paused go on. */
  resume(): void
  /** Frees what the optimizers and the average hold; the networks stay. */
  dispose(): void
}

/**
 * A trainer for one GAN. It owns time; the mathematics is in its moves, and what one watches in callbacks.
 * @throws GankitError for options out of range
 */
export function createTrainer(options: TrainerOptions): Trainer {
  checkTrainerOptions(options)
  const { gan, seed = 0, averageDecay, reduceGradients } = options
  const optimizers = options.optimizers ?? { generator: adam(), discriminator: adam() }
  const game = algorithm1({ ...options, optimizers })
  const average = averageDecay === undefined ? undefined : averageOf(gan.generator, averageDecay)
  const pause = new Pause()

  return {
    gan,
    optimizers,
    average,
    step: 0,
    images: 0,
    rollbacks: 0,
    run(batches, runOptions) {
      return runOf(this, { game, seed, reduceGradients, pause }, batches, runOptions)
    },
    async fit(batches, runOptions) {
      let end: EndEvent | undefined
      for await (const event of this.run(batches, runOptions)) if (event.type === 'end') end = event
      return end!
    },
    pause: () => pause.hold(),
    resume: () => pause.release(),
    dispose() {
      optimizers.generator.dispose()
      optimizers.discriminator.dispose()
      average?.dispose()
    },
  }
}
