import { randomStream } from '@gankit/core'
import { maxPoints, packPoints } from './packed-points.ts'

/** A line that holds no point, and why. */
export interface BadLine {
  /** From 1. */
  readonly line: number
  readonly text: string
  readonly why: 'no number' | 'columns' | 'too large'
}

/** Points of a file of comma-separated values. */
export interface CsvPoints {
  readonly dimensions: 1 | 2
  /** [n, dimensions] */
  readonly values: Float64Array
  readonly count: number
  readonly bad: readonly BadLine[]
  /** Whether the first line names the columns. */
  readonly header: boolean
}

/** Coordinates beyond it would lose their digits once they are scaled. */
const maxCoordinate = 1e9

/**
 * Reads lines of one or two numbers, parted by commas, semicolons, tabs or spaces. Lines that are empty or begin with #
 * are passed over, and so is a first line of names. How many numbers a point has is what most lines have.
 */
export function readCsv(text: string): CsvPoints {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ line: index + 1, text: line.trim() }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'))
    .map(row => ({ ...row, cells: splitCells(row.text) }))
  const isHeader = lines.length > 1 && lines[0]!.cells.every(cell => Number.isNaN(toNumber(cell)))
  const rows = isHeader ? lines.slice(1) : lines
  const inPlane = rows.filter(({ cells }) => cells.length === 2).length
  const dimensions = 2 * inPlane > rows.length ? 2 : 1
  const values: number[] = []
  const bad: BadLine[] = []
  for (const { line, text, cells } of rows) {
    const numbers = cells.map(toNumber)
    const why =
      cells.length !== dimensions
        ? 'columns'
        : numbers.some(Number.isNaN)
          ? 'no number'
          : numbers.some(value => Math.abs(value) > maxCoordinate)
            ? 'too large'
            : undefined
    if (why) bad.push({ line, text: text.slice(0, 60), why })
    else values.push(...numbers)
  }
  return {
    dimensions,
    values: Float64Array.from(values),
    count: values.length / dimensions,
    bad,
    header: isHeader,
  }
}

function splitCells(line: string): string[] {
  const cells = /[,;\t]/.test(line) ? line.split(/[,;\t]/) : line.split(/\s+/)
  return cells.map(cell => cell.trim().replace(/^"(.*)"$/, '$1'))
}

/** NaN for what is no plain number; Number('') would be 0. */
function toNumber(cell: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN
}

/**
 * Scales points into [−0.9, 0.9], the same on both axes, and packs them for a link: all, or as many as it holds, chosen
 * at random.
 * @returns how many were taken, and their text
 */
export function packCsv({ values, count, dimensions }: CsvPoints): { taken: number; text: string } {
  const bounds = Array.from({ length: dimensions }, (_, axis) => {
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let i = axis; i < values.length; i += dimensions) {
      min = Math.min(min, values[i]!)
      max = Math.max(max, values[i]!)
    }
    return { middle: (min + max) / 2, half: (max - min) / 2 }
  })
  const half = Math.max(...bounds.map(bound => bound.half)) || 1
  const order =
    count > maxPoints
      ? randomStream(0, 'playground/csv').permutation(count).slice(0, maxPoints).sort()
      : Uint32Array.from({ length: count }, (_, i) => i)
  const scaled: number[] = []
  for (const i of order)
    for (let axis = 0; axis < dimensions; axis++)
      scaled.push((0.9 * (values[i * dimensions + axis]! - bounds[axis]!.middle)) / half)
  return { taken: order.length, text: packPoints(scaled) }
}
