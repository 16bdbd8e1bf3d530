/** Prints a row of a table in Markdown, as soon as it is known. */
export function printRow(...cells: readonly unknown[]): void {
  console.log(`| ${cells.join(' | ')} |`)
}

/** '97.1 ± 0.4', in percent: the mean of shares and their standard deviation. */
export function formatSpread(shares: readonly number[]): string {
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  const spread = Math.sqrt(
    shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / Math.max(1, shares.length - 1),
  )
  return `${percent(mean)} ± ${percent(spread)}`
}

/** '97.1' */
export function percent(share: number): string {
  return (100 * share).toFixed(1)
}
