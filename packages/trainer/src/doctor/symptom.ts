import type { StepValues } from '../events.ts'

/** The figures of one step, and which one it was. */
export interface Reading extends StepValues {
  readonly step: number
}

/** What a check found: a failure that is there now. */
export interface Symptom {
  /** What was measured, with figures. */
  readonly evidence: string
  /** What to try. */
  readonly advice: string
}
