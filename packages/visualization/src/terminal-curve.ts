import type { Colour } from './colour.ts'
import { type Dash, Dots, type Point } from './dots.ts'
import { figure } from './figure.ts'
import { checkWholeNumber } from './options.ts'
import { nearest256 } from './palette.ts'
import { checkSeries, extentOf, isDrawn, type Series } from './series.ts'

export interface TerminalCurveOptions {
  readonly series: readonly Series[]
  /** Characters in a line, at least 24. Default 80. */
  readonly columns?: number
  /** Lines, axis and legend included, at least 4. Default 12. */
  readonly rows?: number
  /** What the terminal can show, see `detectColour`. Without colours lines are dashed. Default 'none'. */
  readonly colour?: Colour
  /** The least and the greatest value of the axis. Default: those of the series. */
  readonly range?: readonly [least: number, greatest: number]
  /** A logarithmic axis; values that are not above 0 are gaps. Default false. */
  readonly log?: boolean
}

// Read on black and on white alike.
const colours = [
  [57, 135, 229],
  [214, 104, 40],
  [46, 160, 98],
  [168, 98, 214],
] as const
const dashes: readonly Dash[] = [
  [1, 0],
  [1, 2],
  [4, 3],
  [2, 1],
]
const solid = dashes[0]!

/**
 * Draws series as lines of braille dots, with the range of values at the left, the first and the last x below, and
 * a legend with the last values.
 * @returns lines without a line break after the last, or one line that says that there is nothing to draw
 * @throws GankitError for series that contradict themselves and options out of range
 */
export function terminalCurve({
  series,
  columns = 80,
  rows = 12,
  colour = 'none',
  range,
  log = false,
}: TerminalCurveOptions): string {
  checkWholeNumber('columns', columns, 24)
  checkWholeNumber('rows', rows, 4)
  checkSeries(series)
  const extent = extentOf(series, log)
  if (!extent) return `${series.map(({ name }) => plain(name)).join(', ')}: nothing to draw yet`
  const paint = painterOf(colour)
  const dashOf = (i: number) => (colour === 'none' ? dashes[i % dashes.length]! : solid)

  const [least, greatest] = range ?? extent.y
  const labels = [figure(greatest), figure(least)]
  const margin = Math.max(...labels.map(label => label.length))
  const legend = legendOf(series, columns - margin - 3, paint, dashOf)
  const dots = new Dots(columns - margin - 2, Math.max(1, rows - 1 - legend.length))
  const across = place(extent.x, dots.width, false)
  const up = place([least, greatest], dots.height, log)
  for (const [i, { x, y }] of series.entries()) {
    let before: Point | undefined
    let phase = 0
    for (let at = 0; at < x.length; at++) {
      const inside = isDrawn(y[at]!, log)
      const point = inside ? ([across(x[at]!), dots.height - 1 - up(y[at]!)] as const) : undefined
      if (point && before) phase = dots.line(before, point, i, dashOf(i), phase)
      else if (point) dots.set(...point, i)
      before = point
    }
  }

  const drawn = dots.lines(paint)
  const last = drawn.length - 1
  const left = (line: number) => {
    const label = line === 0 ? labels[0]! : line === last ? labels[1]! : ''
    return `${label.padStart(margin)} ${label ? '┤' : '│'}`
  }
  const [first, end] = extent.x.map(figure) as [string, string]
  const rule = '─'.repeat(Math.max(1, columns - margin - 5 - first.length - end.length))
  return [
    ...drawn.map((line, i) => left(i) + line.replace(/⠀+$/, '')),
    `${' '.repeat(margin + 1)}└ ${first} ${rule} ${end}`,
    ...legend.map(line => ' '.repeat(margin + 3) + line),
  ].join('\n')
}

/** Where a value is on an axis of so many dots; outside of it at its end. */
function place([from, to]: readonly [number, number], size: number, log: boolean): (value: number) => number {
  const scale = log ? Math.log : (value: number) => value
  const length = scale(to) - scale(from)
  return value => {
    const share = length === 0 ? (log || size < 3 ? 0 : 0.5) : (scale(value) - scale(from)) / length
    return Math.round(Math.min(1, Math.max(0, share)) * (size - 1))
  }
}

function legendOf(
  series: readonly Series[],
  columns: number,
  paint: (text: string, owner: number) => string,
  dashOf: (i: number) => Dash,
): string[] {
  const lines: { text: string; length: number }[] = []
  for (const [i, { name, y }] of series.entries()) {
    const swatch = new Dots(4, 1)
    swatch.set(0, 1, i)
    swatch.line([0, 1], [swatch.width - 1, 1], i, dashOf(i), 0)
    const last = y[y.length - 1]
    const whole = ` ${plain(name)}${last === undefined || Number.isNaN(last) ? '' : ` ${figure(last)}`}`
    const words = whole.length <= columns - 4 ? whole : `${whole.slice(0, columns - 5)}…`
    const length = 4 + words.length
    const text = swatch.lines(paint)[0]! + words
    const line = lines.at(-1)
    if (line && line.length + 3 + length <= columns) {
      line.text += `   ${text}`
      line.length += 3 + length
    } else lines.push({ text, length })
  }
  return lines.map(({ text }) => text)
}

function painterOf(colour: Colour): (text: string, owner: number) => string {
  if (colour === 'none') return text => text
  return (text, owner) => {
    const [red, green, blue] = colours[owner % colours.length]!
    const code = colour === '256' ? `5;${nearest256(red, green, blue)}` : `2;${red};${green};${blue}`
    return `\x1b[38;${code}m${text}\x1b[0m`
  }
}

/** A name without what could steer the terminal. */
function plain(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, '')
}
