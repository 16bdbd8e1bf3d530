import { type Batches, checkSeed, type Gan, GankitError, type Objective } from '@gankit/core'
import { algorithm1 } from './algorithm1.ts'
import { type Average, averageOf } from './average.ts'
import { checkWhole } from './check-whole.ts'
import type { Callback, EndEvent, TrainerEvent } from './events.ts'
import { yieldToHost } from './host.ts'
import type { Move, ReduceGradients } from './move.ts'
import { adam } from './optimizers/adam.ts'
import type { Optimizer } from './optimizers/optimizer.ts'
import { ScalarReading } from './reading.ts'
import { takeStep } from './step.ts'

export interface Optimizers {
  readonly generator: Optimizer
  readonly discriminator: Optimizer
}

export interface TrainerOptions {
  readonly gan: Gan
  readonly objective: Objective
  /** One for each network. Default: `adam()` for both. */
  readonly optimizers?: Optimizers
  /** Moves of D before each move of G, k in the paper: a whole number from 1. Default 1. */
  readonly discriminatorSteps?: number
  /** Seed of latents and dropout. Default 0. */
  readonly seed?: number
  /** Decay of a moving average of G's weights, 0 to below 1: 0.999 looks back on 1,000 steps. Default: no average. */
  readonly averageDecay?: number
  /** Default: gradients are applied as they are. */
  readonly reduceGradients?: ReduceGradients
}

export interface RunOptions {
  /** The step to stop at, counted from the first: a trainer at step 100 takes 200 more to reach 300. */
  readonly steps: number
  /** Ends the run after the step under way. */
  readonly signal?: AbortSignal
  /** Called with every event in turn, before it is yielded. */
  readonly callbacks?: readonly Callback[]
}

/** Training in time: where it is, and how to go on. */
export interface Trainer {
  readonly gan: Gan
  readonly optimizers: Optimizers
  readonly average: Average | undefined
  /** Steps taken. Settable, to go on where another process stopped. */
  step: number
  /** Real images seen; settable likewise. */
  images: number
  /** Trains until `steps` and tells what happens as it happens. Breaking out of the loop stops the training. */
  run(batches: Batches, options: RunOptions): AsyncGenerator<TrainerEvent, void, undefined>
  /** Trains until `steps` without a loop of your own. @returns the last event */
  fit(batches: Batches, options: RunOptions): Promise<EndEvent>
  /** Frees what the optimizers and the average hold; the networks stay. */
  dispose(): void
}

/** Milliseconds of training between two pauses in which the host may do other things. */
const breath = 50

/**
 * A trainer for one GAN. It owns time; the mathematics is in its moves, and what one watches in callbacks.
 * @throws GankitError for options out of range
 */
export function createTrainer(options: TrainerOptions): Trainer {
  const { gan, objective, discriminatorSteps = 1, seed = 0, averageDecay, reduceGradients } = options
  checkSeed(seed)
  checkWhole('discriminatorSteps', discriminatorSteps, 1)
  if (averageDecay !== undefined && !(averageDecay >= 0 && averageDecay < 1))
    throw new GankitError(
      'trainer',
      'option',
      `averageDecay is ${averageDecay}, expected a number from 0 to below 1`,
    )
  const optimizers = options.optimizers ?? { generator: adam(), discriminator: adam() }
  if (optimizers.generator === optimizers.discriminator)
    throw new GankitError(
      'trainer',
      'option',
      'both networks got one optimizer, expected one each: it keeps state',
    )
  const moves: readonly Move[] = algorithm1({ gan, objective, optimizers, discriminatorSteps })
  const average = averageDecay === undefined ? undefined : averageOf(gan.generator, averageDecay)

  return {
    gan,
    optimizers,
    average,
    step: 0,
    images: 0,

    async *run(batches, { steps, signal, callbacks = [] }) {
      checkWhole('steps', steps, 0)
      const began = performance.now()
      const imagesBefore = this.images
      const seconds = () => (performance.now() - began) / 1000
      const tell = async <Event extends TrainerEvent>(event: Event): Promise<Event> => {
        for (const callback of callbacks) await callback(event)
        return event
      }
      yield await tell({ type: 'start', step: this.step, steps })
      let reading: ScalarReading | undefined
      let rested = performance.now()
      try {
        while (this.step < steps && !signal?.aborted) {
          const { scalars, images } = await takeStep(moves, batches, {
            seed,
            step: this.step,
            reduceGradients,
          })
          this.step++
          this.images += images
          average?.update(this.step)
          reading?.dispose()
          reading = new ScalarReading(scalars)
          const now = { step: this.step, steps, images: this.images, seconds: seconds() }
          const current = reading
          yield await tell({ type: 'step', ...now, read: () => current.values() })
          if (performance.now() - rested > breath) {
            await yieldToHost()
            rested = performance.now()
          }
        }
        const values = await reading?.values()
        const reason = this.step < steps ? 'aborted' : 'done'
        const now = { step: this.step, steps, images: this.images, seconds: seconds() }
        yield await tell({
          type: 'end',
          reason,
          ...now,
          trained: this.images - imagesBefore,
          ...(values && { values }),
        })
      } finally {
        reading?.dispose()
      }
    },

    async fit(batches, runOptions) {
      let last: TrainerEvent | undefined
      for await (const event of this.run(batches, runOptions)) last = event
      return last as EndEvent
    },

    dispose() {
      optimizers.generator.dispose()
      optimizers.discriminator.dispose()
      average?.dispose()
    },
  }
}
