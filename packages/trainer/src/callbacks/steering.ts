import { checkPositive } from '@gankit/core'
import type { Callback, RunContext } from '../run/events.ts'
import { scaleLearningRates } from '../training.ts'

/** What whoever steers a run wants now. */
export interface SteeringWishes {
  /** Whether the run is to stand. */
  readonly paused: boolean
  /** What the learning rates are to be multiplied by, above 0. Default: as they are. */
  readonly learningRateScale?: number
  /** How many checkpoints have been asked for; each that is added is one now. */
  readonly checkpoints: number
  /** Whether the run is to end, with a checkpoint. */
  readonly stop: boolean
}

export interface SteeringOptions {
  /** What is wanted now. Asked after every step, so it only looks at what is in memory. */
  readonly wanted: () => SteeringWishes
  /** @returns when that next changes; asked for only while the run stands */
  readonly changed: () => Promise<unknown>
}

/**
 * Does in a run what a person wants of it while it goes on: it looks after every step, and while the run stands whenever
 * something changes. What it changes is an event, `steered`. A change of the learning rates comes with a checkpoint, where
 * `checkpoints` is among the callbacks: so a run that is killed goes on with them to the same weights. Standing alone
 * changes no weight.
 * @throws GankitError in a run, for a factor of the learning rates that is no finite number above 0
 */
export function steering({ wanted, changed }: SteeringOptions): Callback {
  let paused = false
  let checkpoints = 0
  /** Starts and ends of runs so far. */
  let runs = 0

  const look = (run: RunContext, step: number): void => {
    const { trainer } = run
    const wishes = wanted()
    if (wishes.stop) {
      run.stop('it was asked to stop')
      return
    }
    const before = trainer.learningRateScales.steering
    const { learningRateScale = before } = wishes
    checkPositive('trainer', 'learningRateScale', learningRateScale)
    const isScaled = learningRateScale !== before
    const isWanted = wishes.checkpoints > checkpoints
    if (isScaled) scaleLearningRates(trainer, { steering: learningRateScale })
    if (isScaled || isWanted || wishes.paused !== paused) {
      const checkpoint = isScaled || isWanted
      run.emit({ type: 'steered', step, paused: wishes.paused, learningRateScale, checkpoint })
    }
    paused = wishes.paused
    checkpoints = wishes.checkpoints
    if (paused) holdUntilChange(run, step)
  }

  const holdUntilChange = (run: RunContext, step: number): void => {
    const now = runs
    run.hold(
      changed().then(() => {
        if (now === runs) look(run, step)
      }),
    )
  }

  return (event, run) => {
    // A wait of a run that is over, or was broken off, does nothing to the next.
    if (event.type === 'start' || event.type === 'end') runs++
    if (event.type === 'start') {
      paused = false
      checkpoints = wanted().checkpoints
    }
    if (event.type === 'start' || event.type === 'step') look(run, event.step)
  }
}
