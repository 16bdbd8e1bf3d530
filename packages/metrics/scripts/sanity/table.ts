import type { NeighborMetrics } from '../../src/index.ts'
import type { DegradationName } from './degradations.ts'
import { type MetricName, type MetricValues, metricNames } from './metrics.ts'

/** All that was measured. */
export interface Curves {
  /** Real digits against real ones, in other splits. */
  readonly floors: readonly MetricValues[]
  /** The real digits that are made worse, as they are. */
  readonly none: MetricValues
  readonly points: readonly {
    readonly name: DegradationName
    readonly level: number
    readonly metrics: MetricValues
  }[]
  readonly collapse: MetricValues
}

/** The least and the greatest floor of a metric. */
export function findBand({ floors, none }: Curves, metric: MetricName): readonly [number, number] {
  const values = [none, ...floors].map(metrics => metrics[metric])
  return [Math.min(...values), Math.max(...values)]
}

const formatValue = (metric: MetricName, value: number) =>
  value
    .toFixed(Math.abs(value) >= 100 ? 0 : metric.startsWith('Fréchet') || Math.abs(value) >= 10 ? 1 : 2)
    .replace('-', '−')

/** As Markdown: a row a level, a column a metric. */
export function formatTable(curves: Curves): string {
  const row = (name: string, of: (metric: MetricName) => string) => [name, ...metricNames.map(of)]
  return layOut([
    row('', metric => metric),
    row('real', metric => formatValue(metric, curves.none[metric])),
    row('real, other splits', metric =>
      findBand({ ...curves, none: curves.floors[0]! }, metric)
        .map(value => formatValue(metric, value))
        .join(' to '),
    ),
    ...curves.points.map(({ name, level, metrics }) =>
      row(`${name} ${level}`, metric => formatValue(metric, metrics[metric])),
    ),
    row('collapse', metric => formatValue(metric, curves.collapse[metric])),
  ])
}

/** Metrics of neighbors alone, a row each. */
export function formatNeighborsTable(rows: Readonly<Record<string, NeighborMetrics>>): string {
  const columns = ['recall', 'coverage', 'precision', 'density'] as const
  return layOut([
    ['', ...columns],
    ...Object.entries(rows).map(([name, metrics]) => [
      name,
      ...columns.map(metric => formatValue(metric, metrics[metric])),
    ]),
  ])
}

/** The first row is the head; columns are as wide as their widest cell. */
function layOut(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(3, ...rows.map(row => row[i]!.length)))
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  const [head, ...others] = rows.map(line)
  return [head, line(widths.map(width => '-'.repeat(width))), ...others].join('\n')
}
