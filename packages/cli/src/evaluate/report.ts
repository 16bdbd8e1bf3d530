import type { Evaluation, MetricValue, Variety, Verdict } from '@gankit/metrics'
import { formatCount, formatPlural, formatTable, formatValue } from '../terminal/format.ts'
import { formatResizing, type Resizing } from './resizing.ts'

/** What `gankit evaluate --json` prints. */
export interface EvaluationResult {
  readonly model: string
  readonly against: string
  /** Null where outputs are measured beside their targets: no features stand between. */
  readonly extractor: { readonly name: string; readonly sha256: string } | null
  /** What was done to pictures that had another size; null where none had. */
  readonly resizing: Resizing | null
  /** Fakes, and real samples of each half; or pairs. */
  readonly count: number
  readonly seeds: readonly number[]
  readonly backend: string
  readonly metrics: Evaluation['metrics']
  readonly skipped: Evaluation['skipped']
  /** The same metrics of the inputs in place of the outputs, enlarged where they are smaller; only of pairs of one kind of picture. */
  readonly unchanged?: Readonly<Record<string, number>>
  /** The classes that fakes lack; null where no classifier saw them, or metrics were named. */
  readonly variety: Variety | null
  /** What the metrics mean together; null where none of those that say so was measured. */
  readonly verdict: Verdict | null
}

/** The result for a person: each metric beside its floor, and what they mean together. */
export function formatEvaluation(result: EvaluationResult): string {
  const { model, against, extractor, resizing, count, seeds, backend, skipped, verdict } = result
  const many = formatCount(count)
  const reasons = Object.entries(groupByReason(skipped))
  return [
    `${model}`,
    ...(extractor
      ? [
          `${many} fakes (${seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds.join(', ')}`}) against ${many} of ${against}, on ${backend}`,
          `extractor ${extractor.name} ${extractor.sha256.slice(0, 8)}; 'real' is ${many} other real samples in place of the fakes`,
        ]
      : [
          `outputs of ${formatPlural(count, 'input')} that training never saw, beside their targets (${against}), on ${backend}`,
          result.unchanged
            ? "'real' is the targets in place of the outputs, 'input' the inputs, enlarged bicubically where they are smaller"
            : "'real' is the targets in place of the outputs",
        ]),
    ...(resizing ? [formatResizing(resizing)] : []),
    '',
    ...formatTable(listRows(result)),
    ...(reasons.length > 0 ? [''] : []),
    ...reasons.map(([why, names]) => `skipped  ${names.join(', ')}: ${why}`),
    ...(verdict ? ['', ...verdict.sentences] : []),
    '',
  ].join('\n')
}

function listRows({ metrics, unchanged }: EvaluationResult): string[][] {
  const rows = [['metric', 'value', 'real', 'better', ''], ...Object.values(metrics).map(formatRow)]
  if (!unchanged) return rows
  const inputs = [
    'input',
    ...Object.values(metrics).map(metric => formatWithUnit(unchanged[metric.metric]!, metric)),
  ]
  return rows.map((row, i) => [...row.slice(0, 2), inputs[i]!, ...row.slice(2)])
}

function formatWithUnit(value: number, { unit }: MetricValue, spread = ''): string {
  return unit === 'dB' ? `${value.toFixed(2)}${spread} dB` : `${formatValue(value)}${spread}`
}

function formatRow(of: MetricValue): string[] {
  const { metric, value, deviation, floor, better } = of
  const spread = deviation === null ? '' : ` ± ${formatValue(deviation)}`
  const shown = formatWithUnit(value, of, spread)
  const times =
    floor !== null && better === 'less' && floor > 0 && value > floor
      ? `${formatValue(value / floor)} times that of real`
      : ''
  return [metric, shown, floor === null ? '–' : formatValue(floor), better, times]
}

/** The names of skipped metrics by the reason why they were. */
function groupByReason(skipped: Readonly<Record<string, string>>): Record<string, string[]> {
  const reasons: Record<string, string[]> = {}
  for (const [name, message] of Object.entries(skipped)) {
    const why = message.replace(/^\[[^\]]*\] /, '')
    reasons[why] = [...(reasons[why] ?? []), name]
  }
  return reasons
}
