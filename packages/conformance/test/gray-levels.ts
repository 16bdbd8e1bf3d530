import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Gray levels of the canvases that a selector finds in a page, each row by row. */
export function grayLevels(page: Page, selector: string): Promise<number[][]> {
  return page.evaluate(
    asked =>
      [...document.querySelectorAll<HTMLCanvasElement>(asked)].map(canvas => {
        const { width, height } = canvas
        const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
        copy.drawImage(canvas, 0, 0)
        const { data } = copy.getImageData(0, 0, width, height)
        return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]!)
      }),
    selector,
  )
}

/** The largest difference in gray levels, and the mean. */
export function compareLevels(
  actual: readonly number[][],
  expected: readonly ArrayLike<number>[],
): [largest: number, mean: number] {
  const [all, wanted] = [actual.flat(), expected.flatMap(levels => Array.from(levels))]
  expect(all).toHaveLength(wanted.length)
  const away = all.map((level, i) => Math.abs(level - wanted[i]!))
  return [away.reduce((a, b) => Math.max(a, b)), away.reduce((a, b) => a + b) / away.length]
}
