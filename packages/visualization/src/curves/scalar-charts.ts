import { GankitError } from '@gankit/core'
import type { Series } from './series.ts'
import type { Level } from './svg.ts'

/** One plot of curves over steps, for `curveSvg`, `terminalCurve` and the report of a run. */
export interface Chart {
  readonly title: string
  /** What to look for in the plot. */
  readonly note?: string
  readonly series: readonly Series[]
  readonly levels?: readonly Level[]
  /** The ends of the axis of y. Default: the least and the greatest value of the series and levels. */
  readonly range?: readonly [min: number, max: number]
}

/** A scalar that training logs at every step, and how it is plotted. */
export interface PlottedScalar {
  /** Its name in the log, such as 'discriminator/loss'. */
  readonly name: string
  /** Its name in a legend, such as 'loss D'. */
  readonly label: string
  /** The title of the chart that it belongs to: scalars of one title share a chart. */
  readonly chart: string
  /** Its value at the equilibrium of the game, drawn as a dashed line. Default: none. */
  readonly equilibrium?: number
}

/**
 * Groups the logged scalars of a run into charts, in the order in which the charts' titles first occur.
 * @param steps at which the scalars were logged, rising
 * @param values by the scalars' names, one for each step; NaN or another value that is not finite is a gap. A scalar
 *   without values is left out, and so is a chart without any value that is finite
 * @throws GankitError for a scalar whose number of values is not that of the steps
 */
export function groupIntoCharts(
  scalars: readonly PlottedScalar[],
  steps: ArrayLike<number>,
  values: Readonly<Record<string, ArrayLike<number>>>,
): Chart[] {
  const charts = new Map<string, { series: Series[]; levels: Map<number, string[]> }>()
  for (const { name, label, chart, equilibrium } of scalars) {
    const y = values[name]
    if (!y) continue
    if (y.length !== steps.length)
      throw new GankitError(
        'visualization',
        'data',
        `scalar '${name}' has ${y.length} values, expected ${steps.length}, one for each step`,
      )
    if (!Array.from(y).some(Number.isFinite)) continue
    const { series, levels } = charts.get(chart) ?? { series: [], levels: new Map<number, string[]>() }
    series.push({ name: label, x: steps, y })
    if (equilibrium !== undefined) levels.set(equilibrium, [...(levels.get(equilibrium) ?? []), label])
    charts.set(chart, { series, levels })
  }
  return [...charts].map(([title, { series, levels }]) => ({
    title,
    series,
    ...(levels.size > 0 && { levels: [...levels].map(nameLevel) }),
  }))
}

/** Curves that end at one value share its level: 'D(x), D(G(z)) at the equilibrium'. */
function nameLevel([y, labels]: readonly [number, readonly string[]]): Level {
  return { name: `${labels.join(', ')} at the equilibrium`, y }
}
