import { GankitError } from '@gankit/core'
import { type ScaleLinear, scaleLinear } from 'd3-scale'
import { escapeText } from '../html/document.ts'
import { figureColors } from './colors.ts'

// What figures of the line and of the plane share: numbers as SVG.

export type Point = readonly [x: number, y: number]
/** From values of the data to pixels. */
export type Scale = ScaleLinear<number, number>

export const createScale = ([min, max]: readonly [number, number], range: readonly [number, number]): Scale =>
  scaleLinear([min, max], range)

/** Pixels beyond which it is all the same how far away something is; renderers count in single precision. */
const farAway = 1e5

/** Pixels to a tenth: files stay small, and nobody sees less. */
export function pixels(value: number): string {
  return String(Math.round(Math.min(farAway, Math.max(-farAway, value)) * 10) / 10)
}

/** The data of a path of straight lines; points that are not finite leave gaps. */
export function pathData(points: Iterable<Point>): string {
  let data = ''
  let isOpen = false
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      isOpen = false
      continue
    }
    data += `${isOpen ? 'L' : 'M'}${pixels(x)} ${pixels(y)}`
    isOpen = true
  }
  return data
}

/** Dots as one path of lines without length, which round caps make round: a tenth of the bytes of circles. */
export function dotsPath(points: Iterable<Point>, color: string, width: number, more = ''): string {
  let data = ''
  for (const [x, y] of points) data += `M${pixels(x)} ${pixels(y)}h0`
  return `<path d="${data}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round"${more}/>`
}

/**
 * Dots at equal distances along a line through points: a dotted line whose dots don't wander.
 * @param stride pixels from dot to dot
 */
export function* dotsAlong(line: readonly Point[], stride = 5.5): Generator<Point> {
  let due = 0
  for (const [i, [x, y]] of line.entries()) {
    const [beforeX, beforeY] = line[Math.max(0, i - 1)]!
    const length = Math.hypot(x - beforeX, y - beforeY)
    for (; due <= length; due += stride) {
      const share = length > 0 ? due / length : 0
      yield [beforeX + share * (x - beforeX), beforeY + share * (y - beforeY)]
    }
    due -= length
  }
}

interface TextStyle {
  /** Default 'start'. */
  readonly anchor?: 'start' | 'middle' | 'end'
  /** Pixels. Default 12. */
  readonly size?: number
  /** Default: that of notes. */
  readonly color?: string
  readonly italic?: boolean
}

/** A text in a figure, whose middle is at a height. */
export function textTag(
  text: string,
  [x, y]: Point,
  { anchor = 'start', size = 12, color = figureColors.muted, italic = false }: TextStyle = {},
): string {
  const style = italic ? ' font-style="italic"' : ''
  return `<text x="${pixels(x)}" y="${pixels(y)}" dy="0.35em" text-anchor="${anchor}" font-size="${size}"${style} fill="${color}">${escapeText(text)}</text>`
}

/** A number of an axis, with the sign that typesetters use. */
export const formatTick = (value: number): string => String(+value.toPrecision(6)).replace('-', '−')

/** What a line, dot or color of a figure stands for. */
export interface LegendEntry {
  readonly label: string
  /** The mark, 22 pixels wide, whose middle is at the height 0. */
  readonly mark: string
}

/** Pixels that a text of the legend takes, near enough: a font's letters differ by less than the space between entries. */
const letterWidth = 6.1
const markWidth = 22

/** Entries in a row from a place on. */
export function drawLegend(entries: readonly LegendEntry[], [left, y]: Point): string {
  let x = left
  return entries
    .map(({ label, mark }) => {
      const at = x
      x += markWidth + 7 + label.length * letterWidth + 14
      return `<g transform="translate(${pixels(at)} ${pixels(y)})">${mark}${textTag(label, [markWidth + 7, 0])}</g>`
    })
    .join('')
}

/** A mark of the legend: a line. */
export const lineMark = (color: string, width: number, more = ''): string =>
  `<path d="M0 0H${markWidth}" stroke="${color}" stroke-width="${width}" fill="none"${more}/>`

/** The document of a figure. @param title what a screen reader says */
export function figureDocument(title: string, [width, height]: Point, elements: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Inter, system-ui, sans-serif">`,
    `<title>${escapeText(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${figureColors.ground}"/>`,
    ...elements,
    '</svg>',
    '',
  ].join('\n')
}

/** @throws GankitError for a list of another length, and numbers that are not finite */
export function checkValues(name: string, values: ArrayLike<number>, length: number): void {
  if (values.length !== length)
    throw new GankitError('visualization', 'data', `${name} has ${values.length} numbers, expected ${length}`)
  for (let i = 0; i < length; i++)
    if (!Number.isFinite(values[i]))
      throw new GankitError(
        'visualization',
        'data',
        `${name}.${i} is ${values[i]}, expected finite numbers: has training diverged?`,
      )
}

/** @throws GankitError for a range without length */
export function checkExtent(extent: readonly (readonly [number, number])[], dimensions: number): void {
  const isRange = ([min, max]: readonly [number, number]) => Number.isFinite(max - min) && max > min
  if (extent.length === dimensions && extent.every(isRange)) return
  throw new GankitError(
    'visualization',
    'option',
    `extent is ${JSON.stringify(extent)}, expected [least, greatest] for ${dimensions === 1 ? 'one axis' : 'two axes'}`,
  )
}
