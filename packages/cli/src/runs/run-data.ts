import type { RunConfig } from '../run-config.ts'
import type { FigureName, History } from './history.ts'
import type { Run, RunState } from './read-run.ts'
import { type CurveSummary, curveSummaries } from './run-charts.ts'
import type { StepFile } from './run-files.ts'

/** What `gankit inspect --json` prints. */
export interface RunData {
  readonly run: string
  readonly config: RunConfig
  readonly state: RunState
  readonly why: string | null
  readonly step: number
  readonly steps: number
  readonly images: number
  readonly seconds: number
  readonly curves: Readonly<Record<FigureName, CurveSummary>>
  /** What was measured of the generator, in the order of the steps. */
  readonly figures: History['figures']
  readonly findings: History['findings']
  readonly warnings: History['warnings']
  readonly rollbacks: History['rollbacks']
  readonly skippedLines: number
  readonly checkpoints: readonly StepFile[]
  readonly samples: readonly StepFile[]
  /** Where the report was written. */
  readonly report: string
}

/** A run as plain data. */
export function dataOf(run: Run, report: string): RunData {
  const { path, config, state, why = null, step, steps, history, skippedLines, checkpoints, samples } = run
  const { images, seconds, figures, findings, warnings, rollbacks } = history
  return {
    run: path,
    config,
    state,
    why,
    step,
    steps,
    images,
    seconds,
    curves: curveSummaries(run),
    figures,
    findings,
    warnings,
    rollbacks,
    skippedLines,
    checkpoints,
    samples,
    report,
  }
}
