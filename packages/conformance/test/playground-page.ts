// What tests run in the playground's page: each function goes there by itself.

/** Heights of the one curve that the line's figure shows, a column of pixels each, as shares of the plot. */
export function traceCurve(element: SVGElement | HTMLElement): (number | undefined)[] {
  const canvas = element as HTMLCanvasElement
  const { width, height } = canvas
  const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  copy.drawImage(canvas, 0, 0)
  const { data } = copy.getImageData(0, 0, width, height)
  // Where line-figure.tsx puts the plot.
  const [left, right, top, axis] = [30, width - 34, 14, Math.round(height * 0.62)]
  return Array.from({ length: right - left + 1 }, (_, column) => {
    let [sum, weight] = [0, 0]
    for (let y = 2; y < axis - 1; y++) {
      // Lines of the grid are nearly white, one row each.
      const at = 4 * (y * width + left + column)
      const dark = (255 * 3 - data[at]! - data[at + 1]! - data[at + 2]!) * (data[at + 3]! / 255)
      if (dark < 220) continue
      sum += y * dark
      weight += dark
    }
    return weight > 0 ? (axis - sum / weight) / (axis - top) : undefined
  })
}

/** Runs axe in the page. @returns what violates WCAG 2.2 AA, with where, and how many rules hold */
export async function runAxe(): Promise<{ passed: number; violations: string[] }> {
  const { axe } = globalThis as unknown as {
    axe: {
      run(options: object): Promise<{
        passes: unknown[]
        violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
      }>
    }
  }
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { passes, violations } = await axe.run({ runOnly: { type: 'tag', values: tags } })
  const described = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  )
  return { passed: passes.length, violations: described }
}
