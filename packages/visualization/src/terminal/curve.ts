import { checkInteger, formatNumber } from '@gankit/core'
import { checkSeries, findExtent, isDrawn, type Series } from '../curves/series.ts'
import { type ColorSupport, findNearest256 } from './colors.ts'
import { type Dash, DotCanvas, type Point } from './dots.ts'

export interface TerminalCurveOptions {
  readonly series: readonly Series[]
  /** Characters in a line, at least 24. Default 80. */
  readonly columns?: number
  /** Lines, axis and legend included, at least 4. Default 12. */
  readonly rows?: number
  /** Which colors the terminal can show, see `detectColor`. Without colors, lines are dashed. Default 'none'. */
  readonly color?: ColorSupport
  /** The ends of the axis of y. Default: the least and the greatest value of the series. */
  readonly range?: readonly [min: number, max: number]
  /** Whether the axis of y is logarithmic; values that are not above 0 are gaps. Default false. */
  readonly log?: boolean
}

/** Legible on black and on white; series beyond the last begin again with the first. */
const colors = [
  [57, 135, 229],
  [214, 104, 40],
  [46, 160, 98],
  [168, 98, 214],
  [201, 62, 105],
  [24, 150, 160],
  [140, 130, 40],
  [130, 130, 130],
] as const
const dashes: readonly Dash[] = [
  [1, 0],
  [1, 2],
  [4, 3],
  [2, 1],
]
const solid = dashes[0]!

/**
 * Draws any number of series as lines of braille dots, with the range of values at the left, the first and the last x
 * below, and a legend with the last values.
 * @returns lines without a line break after the last, or one line that says that there is nothing to draw
 * @throws GankitError for series that contradict themselves and options out of range
 */
export function terminalCurve({
  series,
  columns = 80,
  rows = 12,
  color = 'none',
  range,
  log = false,
}: TerminalCurveOptions): string {
  checkInteger('visualization', 'columns', columns, 24)
  checkInteger('visualization', 'rows', rows, 4)
  checkSeries(series)
  const extent = findExtent(series, log)
  if (!extent) return `${series.map(({ name }) => stripControls(name)).join(', ')}: nothing to draw yet`
  const paint = createPainter(color)
  const chooseDash = (i: number) => (color === 'none' ? dashes[i % dashes.length]! : solid)

  const [min, max] = range ?? extent.y
  const labels = [formatNumber(max), formatNumber(min)]
  const margin = Math.max(...labels.map(label => label.length))
  const legend = formatLegend(series, columns - margin - 3, paint, chooseDash)
  const dots = new DotCanvas(columns - margin - 2, Math.max(1, rows - 1 - legend.length))
  const across = scaleTo(extent.x, dots.width, false)
  const up = scaleTo([min, max], dots.height, log)
  for (const [i, { x, y }] of series.entries()) {
    let before: Point | undefined
    let phase = 0
    for (let at = 0; at < x.length; at++) {
      const isInside = isDrawn(y[at]!, log)
      const point = isInside ? ([across(x[at]!), dots.height - 1 - up(y[at]!)] as const) : undefined
      if (point && before) phase = dots.drawLine(before, point, i, chooseDash(i), phase)
      else if (point) dots.setDot(...point, i)
      before = point
    }
  }

  const drawn = dots.render(paint)
  const last = drawn.length - 1
  const left = (line: number) => {
    const label = line === 0 ? labels[0]! : line === last ? labels[1]! : ''
    return `${label.padStart(margin)} ${label ? '┤' : '│'}`
  }
  const [first, end] = extent.x.map(formatX) as [string, string]
  const rule = '─'.repeat(Math.max(1, columns - margin - 5 - first.length - end.length))
  return [
    ...drawn.map((line, i) => left(i) + line.replace(/⠀+$/, '')),
    `${' '.repeat(margin + 1)}└ ${first} ${rule} ${end}`,
    ...legend.map(line => ' '.repeat(margin + 3) + line),
  ].join('\n')
}

/** Maps values to the dots of an axis, 0 to size − 1; values outside of it come to its end. */
function scaleTo(
  [from, to]: readonly [number, number],
  size: number,
  log: boolean,
): (value: number) => number {
  const scale = log ? Math.log : (value: number) => value
  const length = scale(to) - scale(from)
  return value => {
    const share = length === 0 ? (log || size < 3 ? 0 : 0.5) : (scale(value) - scale(from)) / length
    return Math.round(Math.min(1, Math.max(0, share)) * (size - 1))
  }
}

function formatLegend(
  series: readonly Series[],
  columns: number,
  paint: (text: string, owner: number) => string,
  chooseDash: (i: number) => Dash,
): string[] {
  const lines: { text: string; length: number }[] = []
  for (const [i, { name, y }] of series.entries()) {
    const swatch = new DotCanvas(4, 1)
    swatch.setDot(0, 1, i)
    swatch.drawLine([0, 1], [swatch.width - 1, 1], i, chooseDash(i), 0)
    const last = y[y.length - 1]
    const whole = ` ${stripControls(name)}${last === undefined || Number.isNaN(last) ? '' : ` ${formatNumber(last)}`}`
    const words = whole.length <= columns - 4 ? whole : `${whole.slice(0, columns - 5)}…`
    const length = 4 + words.length
    const text = swatch.render(paint)[0]! + words
    const line = lines.at(-1)
    if (line && line.length + 3 + length <= columns) {
      line.text += `   ${text}`
      line.length += 3 + length
    } else lines.push({ text, length })
  }
  return lines.map(({ text }) => text)
}

function createPainter(color: ColorSupport): (text: string, owner: number) => string {
  if (color === 'none') return text => text
  return (text, owner) => {
    const [red, green, blue] = colors[owner % colors.length]!
    const code = color === '256' ? `5;${findNearest256(red, green, blue)}` : `2;${red};${green};${blue}`
    return `\x1b[38;${code}m${text}\x1b[0m`
  }
}

/** Steps in full, other numbers in three digits. */
function formatX(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : formatNumber(value)
}

/** A name without the control characters that could steer the terminal. */
function stripControls(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, '')
}
