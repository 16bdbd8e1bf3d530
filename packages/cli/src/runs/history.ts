import type { EventRecord } from '@gankit/trainer'

/** The figures of a step, as they stand in a record. */
export const figureNames = ['lossD', 'lossG', 'dReal', 'dFake', 'gradientD', 'gradientG'] as const
export type FigureName = (typeof figureNames)[number]

type RecordOf<Type> = Extract<EventRecord, { readonly type: Type }>

/** A step as the curves show it; a figure that is missing is NaN. */
export type Point = { readonly step: number } & Readonly<Record<FigureName, number>>

/** What an event file says of a run, once steps that were taken again count only once. */
export interface History {
  readonly points: readonly Point[]
  /** What was measured of the generator. */
  readonly figures: readonly RecordOf<'figures'>[]
  readonly findings: readonly RecordOf<'finding'>[]
  readonly warnings: readonly RecordOf<'warning'>[]
  readonly rollbacks: readonly RecordOf<'rollback'>[]
  /** Steps taken, as far as the file tells. */
  readonly step: number
  readonly images: number
  /** Seconds of training, those included that were taken back. */
  readonly seconds: number
  /** How it ended, unless it has begun again since. */
  readonly end?: RecordOf<'end'>
}

/**
 * Goes through records in their order. A start or a rollback puts the run back at a step: a run that was killed goes on
 * from its checkpoint, and takes the later steps anew. What was drawn of them goes. Findings of steps before a restart
 * come again and go too; those before a rollback stay, for they may say why it was, and so do warnings and rollbacks.
 */
export function historyOf(records: readonly EventRecord[]): History {
  let points: Point[] = []
  let counts: { step: number; images: number }[] = []
  let figures: RecordOf<'figures'>[] = []
  let findings: RecordOf<'finding'>[] = []
  const warnings: RecordOf<'warning'>[] = []
  const rollbacks: RecordOf<'rollback'>[] = []
  let end: RecordOf<'end'> | undefined
  let [step, earlier, seconds] = [0, 0, 0]
  const rewind = (to: number) => {
    points = points.filter(point => point.step <= to)
    counts = counts.filter(count => count.step <= to)
    figures = figures.filter(figure => figure.step <= to)
    step = to
  }
  for (const record of records) {
    if (record.type === 'start') {
      rewind(record.step)
      findings = findings.filter(finding => finding.step <= record.step)
      end = undefined
      earlier += seconds
      seconds = 0
    } else if (record.type === 'rollback') {
      rollbacks.push(record)
      rewind(record.to)
    } else if (record.type === 'figures') figures.push(record)
    else if (record.type === 'finding') findings.push(record)
    else if (record.type === 'warning') warnings.push(record)
    else {
      step = Math.max(step, record.step)
      if (record.type === 'checkpoint') continue
      seconds = record.seconds
      counts.push({ step: record.step, images: record.images })
      if (record.type === 'end') end = record
      if (record.type === 'step' || isNewPoint(record, points)) points.push(pointOf(record))
    }
  }
  const images = counts.at(-1)?.images ?? 0
  const told = { points, figures, findings, warnings, rollbacks, step, images, seconds: earlier + seconds }
  return end ? { ...told, end } : told
}

/** The end has the figures of the last step, which may be none of those that were written. */
function isNewPoint(record: RecordOf<'end'>, points: readonly Point[]): boolean {
  return record.lossD !== undefined && record.step > (points.at(-1)?.step ?? 0)
}

function pointOf(record: RecordOf<'step' | 'end'>): Point {
  const figures = figureNames.map(name => [name, numberOf(record[name])])
  return { step: record.step, ...(Object.fromEntries(figures) as Record<FigureName, number>) }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN
}
