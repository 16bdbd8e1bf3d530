import { curveSvg } from '../curve-svg.ts'
import { escapeText } from '../escape.ts'
import type { Chart } from './report.ts'

/** The places of the charts: a script draws into them, and a static drawing stands there where no script runs. */
export function chartFigures(charts: readonly Chart[], marked: boolean): string {
  const marks = marked ? ' Upright lines are what happened, see below.' : ''
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

/** Charts as the page's script takes them: six figures a number, null for a gap. */
export function chartData(charts: readonly Chart[]): object[] {
  return charts.map(({ title, series, levels = [], range }) => ({
    title,
    series: series.map(({ name, x, y }) => ({ name, x: numbers(x), y: numbers(y) })),
    levels,
    ...(range && { range }),
  }))
}

function numbers(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, value => (Number.isFinite(value) ? short(value) : null))
}

function short(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6))
}
