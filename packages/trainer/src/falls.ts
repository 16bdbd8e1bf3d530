import type { Batches } from '@gankit/core'
import type { RollbackEvent } from './events.ts'
import type { Guard, Trouble } from './guard.ts'
import { restoreSnapshot, type Snapshot, takeSnapshot } from './snapshot.ts'
import type { Training } from './training.ts'

/** The states that a run can fall back to, and how often it did. */
export class Falls {
  private good: Snapshot | undefined
  private pending: Promise<Trouble | undefined> | undefined
  /** Steps taken when the run last fell, and how often it has in a row. */
  private last = { step: -1, count: 0 }
  private readonly trainer: Training
  private readonly batches: Batches
  private readonly guard: Guard | undefined

  constructor(trainer: Training, batches: Batches, guard: Guard | undefined) {
    this.trainer = trainer
    this.batches = batches
    this.guard = guard
  }

  /** What is wrong with the step that was taken last, where that takes its time to be known. */
  get doubt(): Promise<Trouble | undefined> | undefined {
    return this.pending
  }

  /** Takes in that the last step is being looked at. */
  begin(doubt: Promise<Trouble | undefined>): void {
    this.pending = doubt
    // A device that is lost meanwhile is told to whoever asks; nobody may do so before it is.
    doubt.catch(() => undefined)
  }

  /** Whether the run has not yet come as far again as it had been when it fell. */
  get retaking(): boolean {
    return this.trainer.step <= this.last.step
  }

  /** The state now, or the last good one where this one is not: to fall back to, and for whoever wants to keep it. */
  async snapshot(): Promise<Snapshot> {
    if (this.good && (this.good.state.step === this.trainer.step || (await this.doubt))) return this.good
    const snapshot = await takeSnapshot(this.trainer, this.batches)
    if (this.guard) this.good = snapshot
    return snapshot
  }

  /** Keeps the state where it is time to. */
  async keep(): Promise<void> {
    if (this.guard && this.trainer.step % this.guard.every === 0) await this.snapshot()
  }

  /**
   * Goes back to the last good state, with other random numbers and, if allowed, lower learning rates. The data go on
   * from where they are.
   * @returns what happened, and whether that was one time too many
   */
  fall({ player, what }: Trouble): { readonly event: RollbackEvent; readonly tooOften: boolean } {
    const { trainer } = this
    const [guard, good] = [this.guard!, this.good!]
    const { step, optimizers } = trainer
    this.pending = undefined
    const again = step <= this.last.step + guard.every
    this.last = { step: Math.max(step, this.last.step), count: again ? this.last.count + 1 : 1 }
    const rollbacks = trainer.rollbacks + 1
    const scale = optimizers.generator.scale * guard.learningRateFactor
    restoreSnapshot(trainer, good)
    const attempt = this.last.count
    const tooOften = attempt > guard.tries
    if (!tooOften) {
      trainer.rollbacks = rollbacks
      optimizers.generator.scale = optimizers.discriminator.scale = scale
    }
    const learningRateScale = optimizers.generator.scale
    return {
      event: {
        type: 'rollback',
        step,
        to: good.state.step,
        player,
        what,
        attempt,
        tries: guard.tries,
        learningRateScale,
      },
      tooOften,
    }
  }
}
