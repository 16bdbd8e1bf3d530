import type { Chart } from '../curves/scalar-charts.ts'
import { curveSvg } from '../curves/svg.ts'
import { escapeText } from '../html/document.ts'

/**
 * Figures for the charts: a script draws into them, and readers without scripts see a static drawing.
 * @param hasIncidents whether the script marks incidents in the charts
 */
export function chartFigures(charts: readonly Chart[], hasIncidents: boolean): string {
  const marks = hasIncidents ? ' Upright lines are what happened, see below.' : ''
  const how = `<p class="how note" hidden>Drag across a curve to look closer, double-click to go back.${marks}</p>\n`
  const figures = charts
    .map(
      ({ title, note, ...chart }, i) =>
        `<figure class="chart" data-chart="${i}"><figcaption><h3>${escapeText(title)}</h3>` +
        `${note ? `<p>${escapeText(note)}</p>` : ''}</figcaption>` +
        `<div class="plot"></div><noscript>${curveSvg({ title, ...chart })}</noscript></figure>`,
    )
    .join('\n')
  return how + figures
}

/** Charts as the page's script reads them: numbers with six significant digits, null for a gap. */
export function chartData(charts: readonly Chart[]): object[] {
  return charts.map(({ title, series, levels = [], range }) => ({
    title,
    series: series.map(({ name, x, y }) => ({ name, x: roundValues(x), y: roundValues(y) })),
    levels,
    ...(range && { range }),
  }))
}

function roundValues(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, value => (Number.isFinite(value) ? roundValue(value) : null))
}

function roundValue(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6))
}
