import { join } from 'node:path'
import { describeScalar, type ScalarDescription } from '@gankit/core'
import type { RunConfig } from '@gankit/experiment'
import type { BackendChoice, Precision } from '@gankit/runtime'
import type { EndEvent, ScalarValues } from '@gankit/trainer'
import { formatCount } from '../terminal/format.ts'
import type { SamplesPicture } from '../terminal/pictures.ts'
import { formatCommand, shortenPath } from '../terminal/terminal.ts'

/** How a run went. */
export interface TrainOutcome {
  readonly config: RunConfig
  readonly choice: BackendChoice
  /** The descriptions of the scalars of `end`. */
  readonly scalars: readonly ScalarDescription[]
  readonly end: EndEvent
  readonly weightsSha256: string
  /** The samples after the last step; none of a run without pictures. */
  readonly samples: SamplesPicture | undefined
  /** The command that makes more of them; undefined where several generators are to choose from. */
  readonly next: string | undefined
  /** Absolute path of the run directory. */
  readonly run: string
}

/** What `gankit train --json` prints. */
export interface TrainResult {
  readonly app: string
  readonly preset: string
  readonly steps: number
  readonly samplesSeen: number
  readonly seconds: number
  readonly samplesPerSecond: number
  readonly backend: string
  readonly threads: number
  readonly precision: Precision
  readonly seed: number
  /** The scalars of the last step, by name; null for those of a player that did not move. Empty where no step was taken. */
  readonly scalars: Readonly<Record<string, number | null>>
  readonly weightsSha256: string
  readonly run: string
}

/** The outcome as plain data. */
export function createResult({ config, choice, end, weightsSha256, run }: TrainOutcome): TrainResult {
  const scalars = Object.entries(end.values ?? {})
  return {
    app: config.app,
    preset: config.preset,
    steps: end.step,
    samplesSeen: end.samplesSeen,
    seconds: end.seconds,
    samplesPerSecond: end.trained / end.seconds,
    backend: choice.backend,
    threads: choice.threads,
    precision: choice.precision,
    seed: config.seed,
    scalars: Object.fromEntries(
      scalars.map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
    ),
    weightsSha256,
    run,
  }
}

/** The outcome for a person, below its samples: the scalars beside their values at the equilibrium, and what to do next. */
export function formatResult(outcome: TrainOutcome): string {
  const { end, next, run } = outcome
  const { steps, samplesSeen, seconds, samplesPerSecond } = createResult(outcome)
  const path = shortenPath(run)
  const lines = [
    `${formatCount(steps)} steps, ${formatCount(samplesSeen)} samples, ${seconds.toFixed(0)} s (${formatCount(Math.round(samplesPerSecond))} samples/s)`,
    ...(end.values ? formatScalars(end.values, outcome.scalars) : []),
    `run    ${path}`,
    `look   ${formatCommand('inspect', path)}, or open ${join(path, 'report.html')}`,
    ...(end.why ? [`${end.reason} ${end.reason === 'failed' ? '' : 'because '}${end.why}`] : []),
    ...(end.reason === 'done' && next !== undefined ? [`next   ${next}`] : []),
    ...(end.reason === 'done'
      ? []
      : [`stopped after step ${steps}; go on: ${formatCommand('train', '--resume', path)}`]),
  ]
  return `${lines.join('\n')}\n`
}

/** A line for each chart: 'loss   D 1.386 (1.386 at the equilibrium), G 0.693 (0.693 at the equilibrium)'. */
function formatScalars(values: ScalarValues, descriptions: readonly ScalarDescription[]): string[] {
  const described = new Set(descriptions.map(({ name }) => name))
  const others = Object.keys(values).filter(name => !described.has(name))
  const charts = new Map<string, string[]>()
  for (const description of [...descriptions, ...others.map(describeScalar)]) {
    const { name, label, chart, equilibrium, digits = 3 } = description
    const value = values[name]
    if (value === undefined || !Number.isFinite(value)) continue
    const rest = equilibrium === undefined ? '' : ` (${equilibrium.toFixed(digits)} at the equilibrium)`
    charts.set(chart, [...(charts.get(chart) ?? []), `${label} ${value.toFixed(digits)}${rest}`])
  }
  return [...charts].map(([chart, texts]) => `${chart.padEnd(6)} ${texts.join(', ')}`)
}
