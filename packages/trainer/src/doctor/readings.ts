import type { StepValues } from '../events.ts'
import type { Reading } from './symptom.ts'

/** Readings for as far back as any check looks, oldest first. */
const most = 64

/** What was read of a run, without what a rollback undid. */
export class Readings {
  private kept: Reading[] = []

  add(step: number, { lossD, lossG, dReal, dFake, gradientD, gradientG }: StepValues): void {
    this.kept.push({ step, lossD, lossG, dReal, dFake, gradientD, gradientG })
    if (this.kept.length > most) this.kept.shift()
  }

  /** Forgets what came after a step. */
  backTo(step: number): void {
    this.kept = this.kept.filter(reading => reading.step <= step)
  }

  get all(): readonly Reading[] {
    return this.kept
  }

  /** Those later than a step. */
  after(step: number): readonly Reading[] {
    return this.kept.filter(reading => reading.step > step)
  }
}
