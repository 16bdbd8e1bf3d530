import type { Distribution } from '@gankit/core'
import { distribution, mixture, points } from '@gankit/datasets'

/** Columns of a drawn density on the line, each of one of 64 heights: a character of a link each. */
export const columns = 64
export const maxHeight = 63
/** Cells along each side of a drawing in the plane, each on or off: a bit of a link each. */
export const side = 40

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Heights from 0 to 63, as text for a link. */
export function packHeights(heights: ArrayLike<number>): string {
  const text = Array.from(heights, height => digits[height]).join('')
  return /^A*$/.test(text) ? '' : text
}

/** @returns 64 heights; all 0 where the text is none of `packHeights` */
export function unpackHeights(text: string): Uint8Array {
  const heights = new Uint8Array(columns)
  if (text.length === columns)
    for (let i = 0; i < columns; i++) heights[i] = Math.max(0, digits.indexOf(text[i]!))
  return heights
}

/** Cells that are on, as text for a link: 6 cells a character, row by row from the least y. */
export function packCells(cells: ArrayLike<number>): string {
  let text = ''
  for (let from = 0; from < side * side; from += 6) {
    let bits = 0
    for (let i = 0; i < 6; i++) bits = bits * 2 + (cells[from + i] ? 1 : 0)
    text += digits[bits]
  }
  return text.replace(/A+$/, '')
}

export function unpackCells(text: string): Uint8Array {
  const cells = new Uint8Array(side * side)
  for (let at = 0; at < Math.min(text.length, Math.ceil(cells.length / 6)); at++) {
    const bits = Math.max(0, digits.indexOf(text[at]!))
    for (let i = 0; i < 6 && 6 * at + i < cells.length; i++) cells[6 * at + i] = (bits >> (5 - i)) & 1
  }
  return cells
}

/** The middle of a column or a cell, in [−1, 1]. */
export const middle = (index: number, count: number): number => (2 * index + 1) / count - 1

/** The density of the heights: a Gaussian a column. @returns undefined where nothing was drawn */
export function lineDrawing(text: string): Distribution | undefined {
  const components = Array.from(unpackHeights(text), (weight, column) => ({
    weight,
    mean: middle(column, columns),
    std: 1 / columns,
  })).filter(({ weight }) => weight > 0)
  if (components.length === 0) return undefined
  const { modes: _, ...drawn } = mixture({ components })
  // The columns outline a shape; none of them is a mode that a generator could miss.
  return distribution({ ...drawn, dimensions: 1, name: 'drawing', extent: [[-1.1, 1.1]] })
}

/** The density of the cells that are on. @returns undefined where nothing was drawn */
export function planeDrawing(text: string): Distribution | undefined {
  const cells = unpackCells(text)
  const centers: [number, number][] = []
  for (let i = 0; i < cells.length; i++)
    if (cells[i]) centers.push([middle(i % side, side), middle(Math.floor(i / side), side)])
  return centers.length > 0 ? points(centers, { bandwidth: 0.9 / side }) : undefined
}
