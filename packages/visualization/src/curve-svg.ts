import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale'
import { line } from 'd3-shape'
import { curveStyle, hues } from './curve-style.ts'
import { escapeText } from './escape.ts'
import { checkWholeNumber } from './options.ts'
import { checkSeries, extentOf, isDrawn, type Series } from './series.ts'
import { thin } from './thin.ts'

/** A dashed line at a value that the series are compared with. */
export interface Level {
  readonly name: string
  readonly y: number
}

export interface CurveSvgOptions {
  readonly series: readonly Series[]
  /** What a screen reader calls the chart. Default: the names of the series. */
  readonly title?: string
  /** Below the axis of x. Default 'step'. */
  readonly xLabel?: string
  readonly levels?: readonly Level[]
  /** The least and the greatest value of the axis. Default: round numbers about the series and levels. */
  readonly range?: readonly [least: number, greatest: number]
  /** A logarithmic axis; values that are not above 0 are gaps. Default false. */
  readonly log?: boolean
  /** Pixels. Default 720. */
  readonly width?: number
  /** Pixels. Default 280. */
  readonly height?: number
}

const side = { right: 14, bottom: 40, left: 56 } as const
const legendRow = 18

/**
 * Draws series as a chart of lines that needs no script: a whole SVG file, which stands in HTML as well. Its colours
 * follow the reader's scheme, dark or light.
 * @throws GankitError for series that contradict themselves and options out of range
 */
export function curveSvg({
  series,
  title = series.map(({ name }) => name).join(', '),
  xLabel = 'step',
  levels = [],
  range,
  log = false,
  width = 720,
  height = 280,
}: CurveSvgOptions): string {
  checkWholeNumber('width', width, 200)
  checkWholeNumber('height', height, 120)
  checkSeries(series)
  const shown = levels.filter(({ y }) => isDrawn(y, log))
  const extent = extentOf(series, log)
  const [right, bottom] = [width - side.right, height - side.bottom]
  const legend = legendOf(series, right)
  const top = 16 + legendRow * legend.rows
  const x = scaleLinear(apart(extent?.x ?? [0, 1], false), [side.left, right])
  const values = [...(extent?.y ?? []), ...shown.map(level => level.y)]
  const around = values.length > 0 ? ([Math.min(...values), Math.max(...values)] as const) : ([0, 1] as const)
  const y = (log ? scaleLog() : scaleLinear()).domain(range ?? apart(around, log)).range([bottom, top])
  if (!range) y.nice()

  const path = (one: Series) => {
    const { x: xs, y: ys } = thin(one, right - side.left)
    return line<number>()
      .defined(i => isDrawn(ys[i]!, log))
      .x(i => x(xs[i]!))
      .y(i => y(Math.min(Math.max(ys[i]!, y.domain()[0]!), y.domain()[1]!)))
      .digits(1)(Array.from({ length: xs.length }, (_, i) => i))
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="gankit-curve" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escapeText(title)}</title>`,
    `<style>${curveStyle}</style>`,
    ...ticksOf(x, Math.max(2, width / 110)).map(
      ({ at, text }) =>
        `<text class="x" x="${at}" y="${bottom + 17}" text-anchor="middle">${escapeText(text)}</text>`,
    ),
    ...ticksOf(y, Math.max(2, height / 60)).map(
      ({ at, text }) =>
        `<line class="grid" x1="${side.left}" x2="${right}" y1="${at}" y2="${at}"/>` +
        `<text class="y" x="${side.left - 8}" y="${at}" dy="0.35em" text-anchor="end">${escapeText(text)}</text>`,
    ),
    `<text x="${(side.left + right) / 2}" y="${height - 6}" text-anchor="middle">${escapeText(xLabel)}</text>`,
    ...shown.map(
      level =>
        `<line class="level" x1="${side.left}" x2="${right}" y1="${y(level.y).toFixed(1)}" y2="${y(level.y).toFixed(1)}"><title>${escapeText(level.name)}</title></line>`,
    ),
    ...series.map((one, i) => `<path class="line hue-${i % hues}" d="${path(one) ?? ''}"/>`),
    ...legend.elements,
    '</svg>',
  ].join('\n')
}

/** A range that has some length. */
function apart([from, to]: readonly [number, number], log: boolean): [number, number] {
  if (from < to) return [from, to]
  return log ? [from / 2, to * 2] : [from - 0.5, to + 0.5]
}

function ticksOf(
  scale: ScaleContinuousNumeric<number, number>,
  count: number,
): { readonly at: string; readonly text: string }[] {
  const format = scale.tickFormat(count, '~g')
  return scale.ticks(count).map(value => ({
    at: scale(value).toFixed(1),
    text: Math.abs(value) >= 1000 && Number.isInteger(value) ? value.toLocaleString('en') : format(value),
  }))
}

function legendOf(
  series: readonly Series[],
  right: number,
): { readonly rows: number; readonly elements: readonly string[] } {
  let x: number = side.left
  let row = 0
  const elements = series.map(({ name }, i) => {
    // There is no way to measure text here; letters are this wide on average.
    const width = 24 + 6.6 * name.length
    if (x > side.left && x + width > right) [x, row] = [side.left, row + 1]
    const [from, y] = [x, 14 + legendRow * row]
    x += width + 18
    return (
      `<line class="line hue-${i % hues}" x1="${from}" x2="${from + 18}" y1="${y}" y2="${y}"/>` +
      `<text x="${from + 24}" y="${y}" dy="0.35em">${escapeText(name)}</text>`
    )
  })
  return { rows: row + 1, elements }
}
