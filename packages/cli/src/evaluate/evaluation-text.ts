import type { MetricValue } from '@gankit/metrics'
import type { Outcome } from './run-evaluation.ts'

/** What `gankit evaluate --json` prints. */
export function dataOfOutcome({
  model,
  against,
  extractor,
  count,
  seeds,
  backend,
  metrics,
  skipped,
}: Outcome): object {
  return { model, against, extractor, count, seeds, backend, metrics, skipped }
}

/** Metrics for a person: each beside its floor. */
export function textOfOutcome(outcome: Outcome): string {
  const { model, against, extractor, count, seeds, backend, metrics, skipped } = outcome
  const many = count.toLocaleString('en')
  const rows = Object.values(metrics).map(rowOf)
  const heads = ['metric', 'value', 'real', 'better', '']
  const table = [heads, ...rows]
  const widths = heads.map((_, i) => Math.max(...table.map(row => row[i]!.length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd()
  const notes = Object.entries(reasonsOf(skipped)).map(
    ([why, names]) => `skipped  ${names.join(', ')}: ${why}`,
  )
  return [
    `${model}`,
    `${many} fakes (${seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds.join(', ')}`}) against ${many} of ${against}, on ${backend}`,
    `extractor ${extractor.name} ${extractor.sha256.slice(0, 8)}; 'real' is ${many} other real samples in place of the fakes`,
    '',
    ...table.map(line),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n')
}

function rowOf({ metric, value, deviation, floor, better }: MetricValue): string[] {
  const spread = deviation === null ? '' : ` ± ${rounded(deviation)}`
  const times =
    floor !== null && better === 'less' && floor > 0 && value > floor
      ? `${rounded(value / floor)} times that of real`
      : ''
  return [metric, `${rounded(value)}${spread}`, floor === null ? '–' : rounded(floor), better, times]
}

/** The names of skipped metrics by reason. */
function reasonsOf(skipped: Readonly<Record<string, string>>): Record<string, string[]> {
  const reasons: Record<string, string[]> = {}
  for (const [name, message] of Object.entries(skipped)) {
    const why = message.replace(/^\[[^\]]*\] /, '')
    reasons[why] = [...(reasons[why] ?? []), name]
  }
  return reasons
}

function rounded(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value)
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return digits > 6 ? value.toExponential(2) : value.toFixed(Math.min(digits, 6))
}
