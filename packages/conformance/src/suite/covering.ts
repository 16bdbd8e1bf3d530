/**
 * Pairwise testing: a few combinations in which every pair of values of two factors occurs at least once. They find every
 * fault that one factor or a pair of factors causes, as all combinations would. The search is greedy, and its result the
 * same in every run.
 */
export function coverPairs<Factors extends Readonly<Record<string, readonly unknown[]>>>(
  factors: Factors,
): { [Name in keyof Factors]: Factors[Name][number] }[] {
  const names = Object.keys(factors)
  const pairs = new Set<string>()
  const key = (i: number, a: number, j: number, b: number) => `${i}:${a} ${j}:${b}`
  names.forEach((one, i) => {
    names.slice(0, i).forEach((other, j) => {
      factors[one]!.forEach((_, a) => {
        factors[other]!.forEach((_, b) => {
          pairs.add(key(i, a, j, b))
        })
      })
    })
  })
  const rows: number[][] = []
  while (pairs.size > 0) {
    const row: number[] = []
    names.forEach((name, i) => {
      // Values take turns at winning ties, so that no value always comes first.
      const count = factors[name]!.length
      const order = Array.from({ length: count }, (_, a) => (a + rows.length) % count)
      const isOpen = (a: number) => row.filter((b, j) => pairs.has(key(i, a, j, b))).length
      row.push(order.reduce((best, a) => (isOpen(a) > isOpen(best) ? a : best)))
    })
    // A row that covers no new pair is given one of the pairs still open.
    const covers = row.some((a, i) => row.slice(0, i).some((b, j) => pairs.has(key(i, a, j, b))))
    if (!covers) {
      const [i, a, j, b] = [...pairs][0]!.split(/[: ]/).map(Number) as [number, number, number, number]
      row[i] = a
      row[j] = b
    }
    row.forEach((a, i) => {
      row.slice(0, i).forEach((b, j) => {
        pairs.delete(key(i, a, j, b))
      })
    })
    rows.push(row)
  }
  return rows.map(
    row =>
      Object.fromEntries(row.map((a, i) => [names[i], factors[names[i]!]![a]])) as {
        [Name in keyof Factors]: Factors[Name][number]
      },
  )
}
