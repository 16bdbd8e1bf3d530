/**
 * What a plot of a distribution should show: the box around these points, `reach` more on every side, and a tenth of
 * all that as a margin, where samples of a generator may lie.
 * @returns [least, greatest] per dimension
 */
export function extentOf(points: readonly (readonly number[])[], reach: number): [number, number][] {
  return boxAround(points).map(([least, greatest]) => {
    const margin = reach + (greatest - least + 2 * reach) / 10
    return [least - margin, greatest + margin]
  })
}

/**
 * @param points at least one
 * @returns [least, greatest] per dimension
 */
export function boxAround(points: readonly (readonly number[])[]): [number, number][] {
  return points[0]!.map((first, axis) => {
    let [least, greatest] = [first, first]
    for (const point of points) {
      least = Math.min(least, point[axis]!)
      greatest = Math.max(greatest, point[axis]!)
    }
    return [least, greatest]
  })
}
