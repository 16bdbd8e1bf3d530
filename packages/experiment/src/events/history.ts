import { describeScalar, type ScalarDescription } from '@gankit/core'
import type { EventRecord, RecordOf, ScalarRecord } from './records.ts'

/** A step as the curves show it. */
export interface HistoryPoint {
  readonly step: number
  /** Scalars by name; NaN for those of a player that did not move. */
  readonly scalars: Readonly<Record<string, number>>
}

/** What an event file says about a run, once steps that were taken twice count only once. */
export interface RunHistory {
  /** What the points hold: the descriptions of the start record, then names that nobody described. */
  readonly scalars: readonly ScalarDescription[]
  readonly points: readonly HistoryPoint[]
  /** Evaluations of the generator. */
  readonly metrics: readonly RecordOf<'metrics'>[]
  readonly findings: readonly RecordOf<'finding'>[]
  readonly warnings: readonly RecordOf<'warning'>[]
  readonly rollbacks: readonly RecordOf<'rollback'>[]
  /** What whoever watched the run changed. */
  readonly steered: readonly RecordOf<'steered'>[]
  /** What the learning rates are multiplied by at the end of the file, beside the factor of rollbacks. */
  readonly learningRateScale: number
  /** Steps taken, as far as the file says. */
  readonly step: number
  readonly samplesSeen: number
  /** Seconds of training, those of steps that were rolled back included. */
  readonly seconds: number
  /** How the run ended, unless it was resumed since. */
  readonly end?: RecordOf<'end'>
}

/**
 * The history of a run from its records, in their order.
 *
 * A start or a rollback puts the run back at a step: a run that was killed is resumed from its checkpoint, and takes the
 * later steps again, so their points and metrics are dropped. Findings about steps behind a restart come again and are
 * dropped too; findings before a rollback stay, because they may be its cause, and so do warnings, rollbacks and what was steered.
 */
export function readHistory(records: readonly EventRecord[]): RunHistory {
  const history = new HistoryBuilder()
  for (const record of records) history.add(record)
  return history.build()
}

class HistoryBuilder {
  private described: readonly ScalarDescription[] = []
  private points: HistoryPoint[] = []
  private counts: { step: number; samplesSeen: number }[] = []
  private metrics: RecordOf<'metrics'>[] = []
  private findings: RecordOf<'finding'>[] = []
  private readonly warnings: RecordOf<'warning'>[] = []
  private readonly rollbacks: RecordOf<'rollback'>[] = []
  private readonly steered: RecordOf<'steered'>[] = []
  private learningRateScale = 1
  private end: RecordOf<'end'> | undefined
  private step = 0
  /** Seconds of the parts before the run was resumed last. */
  private earlier = 0
  private seconds = 0

  add(record: EventRecord): void {
    switch (record.type) {
      case 'start':
        this.start(record)
        break
      case 'rollback':
        this.rollbacks.push(record)
        this.rewind(record.to)
        break
      case 'metrics':
        this.metrics.push(record)
        break
      case 'finding':
        this.findings.push(record)
        break
      case 'warning':
        this.warnings.push(record)
        break
      case 'steered':
        this.steered.push(record)
        this.learningRateScale = record.learningRateScale
        break
      case 'checkpoint':
        this.step = Math.max(this.step, record.step)
        break
      default:
        this.advance(record)
    }
  }

  private start(record: RecordOf<'start'>): void {
    this.rewind(record.step)
    this.findings = this.findings.filter(finding => finding.step <= record.step)
    this.end = undefined
    this.earlier += this.seconds
    this.seconds = 0
    this.learningRateScale = record.learningRateScale ?? 1
    if (record.scalars) this.described = record.scalars
  }

  private rewind(to: number): void {
    this.points = this.points.filter(point => point.step <= to)
    this.counts = this.counts.filter(count => count.step <= to)
    this.metrics = this.metrics.filter(metric => metric.step <= to)
    this.step = to
  }

  private advance(record: RecordOf<'step' | 'end'>): void {
    const { step, samplesSeen, seconds, scalars } = record
    this.step = Math.max(this.step, step)
    this.seconds = seconds
    this.counts.push({ step, samplesSeen })
    if (record.type === 'end') this.end = record
    // The scalars of the end are those of the last step, which may have a record of its own.
    if (scalars && step > (this.points.at(-1)?.step ?? 0))
      this.points.push({ step, scalars: restoreNaN(scalars) })
  }

  build(): RunHistory {
    const { points, metrics, findings, warnings, rollbacks, steered, learningRateScale, step, end } = this
    const described = new Set(this.described.map(({ name }) => name))
    const others = new Set(points.flatMap(({ scalars }) => Object.keys(scalars)))
    return {
      scalars: [...this.described, ...[...others].filter(name => !described.has(name)).map(describeScalar)],
      points,
      metrics,
      findings,
      warnings,
      rollbacks,
      steered,
      learningRateScale,
      step,
      samplesSeen: this.counts.at(-1)?.samplesSeen ?? 0,
      seconds: this.earlier + this.seconds,
      ...(end && { end }),
    }
  }
}

function restoreNaN(scalars: ScalarRecord): Record<string, number> {
  const entries = Object.entries(scalars)
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? Number.NaN]))
}
