import { checkInteger } from '@gankit/core'
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale'
import { line } from 'd3-shape'
import { escapeText } from '../html/document.ts'
import { checkSeries, findExtent, isDrawn, type Series, thinSeries } from './series.ts'

/** A dashed line across a chart, at a value to compare the series with, such as a loss at the equilibrium. */
export interface Level {
  readonly name: string
  readonly y: number
}

export interface CurveSvgOptions {
  readonly series: readonly Series[]
  /** The name of the chart for screen readers. Default: the names of the series. */
  readonly title?: string
  /** Written below the axis of x. Default 'step'. */
  readonly xLabel?: string
  readonly levels?: readonly Level[]
  /** The ends of the axis of y. Default: round numbers around the series and levels. */
  readonly range?: readonly [min: number, max: number]
  /** Whether the axis of y is logarithmic; values that are not above 0 are gaps. Default false. */
  readonly log?: boolean
  /** Pixels. Default 720. */
  readonly width?: number
  /** Pixels. Default 280. */
  readonly height?: number
}

const colors = {
  // People with any color vision can tell neighbors apart, and each color has enough contrast on its background.
  light: ['#2463c4', '#c2500f', '#1d7f4e', '#8a46b0', '#b3234f', '#0b7285', '#7a6200', '#5c6470'],
  dark: ['#7fb0ff', '#ff9f66', '#5fcf94', '#d29bf0', '#ff8fae', '#5fd3e6', '#d9c04f', '#b6bfcc'],
} as const

/** Colors of lines before they repeat. */
export const hueCount: number = colors.light.length

/** Colors of lines on a light background or on a dark one, as custom properties of CSS. */
export function formatHueProperties(scheme: 'light' | 'dark'): string {
  return colors[scheme].map((color, i) => `--hue-${i}:${color};`).join('')
}

const formatStrokes = (scheme: 'light' | 'dark') =>
  colors[scheme].map((color, i) => `.gankit-curve .hue-${i}{stroke:${color}}`).join('')

/** The style of an SVG of curves; dark where the reader's scheme is. */
const curveStyle: string = [
  '.gankit-curve text{font:12px system-ui,sans-serif;fill:#4b5563}',
  '.gankit-curve .grid{stroke:#e5e7eb}',
  '.gankit-curve .level{stroke:#9ca3af;stroke-dasharray:4 4}',
  '.gankit-curve .line{fill:none;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}',
  formatStrokes('light'),
  '@media(prefers-color-scheme:dark){',
  '.gankit-curve text{fill:#a8b0bd}',
  '.gankit-curve .grid{stroke:#2a303a}',
  '.gankit-curve .level{stroke:#6b7280}',
  formatStrokes('dark'),
  '}',
].join('')

const margins = { right: 14, bottom: 40, left: 56 } as const
const legendRow = 18

/**
 * Draws any number of series as a chart of lines that needs no script: a whole SVG file, which can stand in HTML as well.
 * Its colors follow the reader's scheme, dark or light; they repeat after 8 series.
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
  checkInteger('visualization', 'width', width, 200)
  checkInteger('visualization', 'height', height, 120)
  checkSeries(series)
  const shownLevels = levels.filter(({ y }) => isDrawn(y, log))
  const extent = findExtent(series, log)
  const [right, bottom] = [width - margins.right, height - margins.bottom]
  const legend = drawLegend(series, right)
  const top = 16 + legendRow * legend.rows
  const x = scaleLinear(widenRange(extent?.x ?? [0, 1], false), [margins.left, right])
  const values = [...(extent?.y ?? []), ...shownLevels.map(level => level.y)]
  const yRange = values.length > 0 ? ([Math.min(...values), Math.max(...values)] as const) : ([0, 1] as const)
  const y = (log ? scaleLog() : scaleLinear()).domain(range ?? widenRange(yRange, log)).range([bottom, top])
  if (!range) y.nice()

  const path = (one: Series) => {
    const { x: xs, y: ys } = thinSeries(one, right - margins.left)
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
    ...listTicks(x, Math.max(2, width / 110)).map(
      ({ at, text }) =>
        `<text class="x" x="${at}" y="${bottom + 17}" text-anchor="middle">${escapeText(text)}</text>`,
    ),
    ...listTicks(y, Math.max(2, height / 60)).map(
      ({ at, text }) =>
        `<line class="grid" x1="${margins.left}" x2="${right}" y1="${at}" y2="${at}"/>` +
        `<text class="y" x="${margins.left - 8}" y="${at}" dy="0.35em" text-anchor="end">${escapeText(text)}</text>`,
    ),
    `<text x="${(margins.left + right) / 2}" y="${height - 6}" text-anchor="middle">${escapeText(xLabel)}</text>`,
    ...shownLevels.map(
      level =>
        `<line class="level" x1="${margins.left}" x2="${right}" y1="${y(level.y).toFixed(1)}" y2="${y(level.y).toFixed(1)}"><title>${escapeText(level.name)}</title></line>`,
    ),
    ...placeLabels(shownLevels.map(({ name, y: at }) => ({ name, at: y(at) }))).map(
      ({ name, at }) =>
        `<text class="level-name" x="${right}" y="${at.toFixed(1)}" text-anchor="end">${escapeText(name)}</text>`,
    ),
    ...series.map((one, i) => `<path class="line hue-${i % hueCount}" d="${path(one) ?? ''}"/>`),
    ...legend.elements,
    '</svg>',
  ].join('\n')
}

/** Pixels that the name of a level takes. */
const labelHeight = 14

/** Puts the names of levels above their lines, or below where another name is too near. @param levels with their pixels from above */
function placeLabels(levels: readonly { readonly name: string; readonly at: number }[]): typeof levels {
  let last = Number.NEGATIVE_INFINITY
  return levels
    .toSorted((a, b) => a.at - b.at)
    .map(({ name, at }) => {
      const above = at - 4
      last = above - last < labelHeight ? at + labelHeight - 2 : above
      return { name, at: last }
    })
}

/** A range as it is, or one around it if it has no length. */
function widenRange([from, to]: readonly [number, number], log: boolean): [number, number] {
  if (from < to) return [from, to]
  return log ? [from / 2, to * 2] : [from - 0.5, to + 0.5]
}

function listTicks(
  scale: ScaleContinuousNumeric<number, number>,
  count: number,
): { readonly at: string; readonly text: string }[] {
  const format = scale.tickFormat(count, '~g')
  return scale.ticks(count).map(value => ({
    at: scale(value).toFixed(1),
    text: Math.abs(value) >= 1000 && Number.isInteger(value) ? value.toLocaleString('en') : format(value),
  }))
}

function drawLegend(
  series: readonly Series[],
  right: number,
): { readonly rows: number; readonly elements: readonly string[] } {
  let x: number = margins.left
  let row = 0
  const elements = series.map(({ name }, i) => {
    // Nothing here can measure text; 6.6 pixels is the average width of a letter at this size.
    const width = 24 + 6.6 * name.length
    if (x > margins.left && x + width > right) [x, row] = [margins.left, row + 1]
    const [from, y] = [x, 14 + legendRow * row]
    x += width + 18
    return (
      `<line class="line hue-${i % hueCount}" x1="${from}" x2="${from + 18}" y1="${y}" y2="${y}"/>` +
      `<text x="${from + 24}" y="${y}" dy="0.35em">${escapeText(name)}</text>`
    )
  })
  return { rows: row + 1, elements }
}
