import type { Run } from '@gankit/experiment/node'
import { type Chart, groupIntoCharts, needsLogAxis } from '@gankit/visualization'

/** A plot of a run, and whether a terminal needs a logarithmic axis to show it. */
export interface RunChart extends Chart {
  readonly log: boolean
}

/** The plots of a run: its scalars, grouped as the game describes them, then its metrics. */
export function createCharts(run: Run): RunChart[] {
  const { points, scalars } = run.history
  const steps = points.map(({ step }) => step)
  const values = Object.fromEntries(
    scalars.map(({ name }) => [name, points.map(point => point.scalars[name] ?? Number.NaN)]),
  )
  const charts = [...groupIntoCharts(scalars, steps, values), ...createMetricCharts(run)]
  return charts.map(chart => ({ ...chart, log: needsLogAxis(chart.series.map(({ y }) => y)) }))
}

/** A plot for each metric that was measured, with the level of real samples. */
function createMetricCharts({ history: { metrics } }: Run): Chart[] {
  const names = [...new Set(metrics.flatMap(({ metrics: measured }) => Object.keys(measured)))]
  const best = metrics.at(-1)?.best
  return names.map(name => {
    const measured = metrics.filter(each => each.metrics[name])
    const { better, floor } = measured.at(-1)!.metrics[name]!
    const kept = best?.metric === name ? ` The best, at step ${best.step.toLocaleString('en')}, is kept.` : ''
    return {
      title: `Quality: ${name}`,
      note: `Of the generator's samples; ${better} is better.${kept}`,
      series: [
        { name, x: measured.map(({ step }) => step), y: measured.map(each => each.metrics[name]!.value) },
      ],
      ...(floor !== null && floor !== undefined && { levels: [{ name: 'other real samples', y: floor }] }),
    }
  })
}

/** A curve in a few numbers, over the steps that have a value. */
export interface CurveSummary {
  readonly points: number
  readonly first: number | null
  readonly last: number | null
  readonly min: number | null
  readonly max: number | null
}

/** The curve of each scalar in a few numbers, by the scalar's name. */
export function summarizeCurves({ history: { points, scalars } }: Run): Record<string, CurveSummary> {
  const entries = scalars.map(({ name }) => {
    const values = points.map(point => point.scalars[name] ?? Number.NaN).filter(Number.isFinite)
    const summary: CurveSummary = {
      points: values.length,
      first: values[0] ?? null,
      last: values.at(-1) ?? null,
      min: values.length > 0 ? values.reduce((a, b) => Math.min(a, b)) : null,
      max: values.length > 0 ? values.reduce((a, b) => Math.max(a, b)) : null,
    }
    return [name, summary] as const
  })
  return Object.fromEntries(entries)
}
