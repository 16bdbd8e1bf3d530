import type { Series } from './series.ts'

/**
 * Fewer points that draw the same line: of each column the first, the last, the least and the greatest value.
 * A gap stays where a whole column is one.
 * @param columns how many columns of pixels the line has
 */
export function thin(series: Series, columns: number): Series {
  const { name, x, y } = series
  const count = x.length
  if (count <= 4 * columns) return series
  const width = (x[count - 1]! - x[0]!) / columns || 1
  const kept: number[] = []
  for (let from = 0; from < count; ) {
    const end = x[0]! + width * (Math.floor((x[from]! - x[0]!) / width) + 1)
    let to = from + 1
    while (to < count && x[to]! < end) to++
    kept.push(...markers(y, from, to))
    from = to
  }
  return { name, x: kept.map(i => x[i]!), y: kept.map(i => y[i]!) }
}

function markers(y: ArrayLike<number>, from: number, to: number): number[] {
  let [first, last, least, greatest] = [-1, -1, -1, -1]
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(y[i]!)) continue
    if (first < 0) first = least = greatest = i
    last = i
    if (y[i]! < y[least]!) least = i
    if (y[i]! > y[greatest]!) greatest = i
  }
  return first < 0 ? [from] : [...new Set([first, least, greatest, last])].sort((a, b) => a - b)
}
