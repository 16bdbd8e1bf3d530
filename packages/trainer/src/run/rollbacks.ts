import { describeSteering, restoreSnapshot, type Snapshot, takeSnapshot } from '../checkpoint/snapshot.ts'
import type { DataStreams } from '../game/step.ts'
import { scaleLearningRates, type Training } from '../training.ts'
import type { RollbackEvent } from './events.ts'
import type { Guard, NonFinite } from './guard.ts'

/** Snapshots for rollback, and the count of rollbacks in a row. */
export class Rollbacks {
  private lastGood: Snapshot | undefined
  private pending: Promise<NonFinite | undefined> | undefined
  /** Steps taken at the last rollback, and how many there were in a row. */
  private last = { step: -1, count: 0 }
  private readonly trainer: Training
  private readonly data: DataStreams
  private readonly guard: Guard | undefined

  constructor(trainer: Training, data: DataStreams, guard: Guard | undefined) {
    this.trainer = trainer
    this.data = data
    this.guard = guard
  }

  /** The pending finiteness check of the last step (GPU backends read one step late). */
  get pendingCheck(): Promise<NonFinite | undefined> | undefined {
    return this.pending
  }

  /** Takes over a check that is under way. */
  watch(check: Promise<NonFinite | undefined>): void {
    this.pending = check
    // Keeps a lost device from becoming an unhandled rejection before anyone awaits the check.
    check.catch(() => undefined)
  }

  /** Whether the run has not yet come as far again as it was at the last rollback. */
  get replaying(): boolean {
    return this.trainer.step <= this.last.step
  }

  /** A snapshot of the state now, or the last good one where the state now is not finite. */
  async snapshot(): Promise<Snapshot> {
    if (this.lastGood && (this.lastGood.state.step === this.trainer.step || (await this.pendingCheck)))
      return this.withSteering(this.lastGood)
    const snapshot = await takeSnapshot(this.trainer, this.data)
    if (this.guard) this.lastGood = snapshot
    return snapshot
  }

  /** What a person chose since the snapshot was taken goes on with it. */
  private withSteering(snapshot: Snapshot): Snapshot {
    const { steeringScale: _, ...state } = snapshot.state
    return { ...snapshot, state: { ...state, ...describeSteering(this.trainer) } }
  }

  /** Takes a snapshot where one is due. */
  async takeDueSnapshot(): Promise<void> {
    if (this.guard && this.trainer.step % this.guard.every === 0) await this.snapshot()
  }

  /**
   * Goes back to the last good snapshot, with other random numbers and, where the guard says so, lower learning rates.
   * The data go on from where they are.
   * @returns the event, and whether there were too many rollbacks in a row
   */
  rollBack({ player, cause }: NonFinite): { readonly event: RollbackEvent; readonly tooOften: boolean } {
    const { trainer } = this
    const [guard, good] = [this.guard!, this.lastGood!]
    const { step } = trainer
    this.pending = undefined
    const again = step <= this.last.step + guard.every
    this.last = { step: Math.max(step, this.last.step), count: again ? this.last.count + 1 : 1 }
    const rollbacks = trainer.rollbacks + 1
    const lowered = trainer.learningRateScales.rollbacks * guard.learningRateFactor
    restoreSnapshot(trainer, this.withSteering(good))
    const attempt = this.last.count
    const tooOften = attempt > guard.tries
    if (!tooOften) {
      trainer.rollbacks = rollbacks
      scaleLearningRates(trainer, { rollbacks: lowered })
    }
    const { rollbacks: ofRollbacks, steering } = trainer.learningRateScales
    return {
      event: {
        type: 'rollback',
        step,
        to: good.state.step,
        player,
        cause,
        attempt,
        tries: guard.tries,
        learningRateScale: ofRollbacks * steering,
      },
      tooOften,
    }
  }
}
