/** A number with commas between thousands. */
export function formatCount(value: number): string {
  return value.toLocaleString('en')
}

/** '3 rollbacks', '1 rollback'. */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Seconds for a person: '42 s', '3 min 5 s', '2 h 14 min'. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** A time on this machine's clock, to the minute. */
export function formatMinute(when: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = [when.getFullYear(), two(when.getMonth() + 1), two(when.getDate())].join('-')
  return `${date} ${two(when.getHours())}:${two(when.getMinutes())}`
}

/** Bytes as whole megabytes. */
export function formatMegabytes(bytes: number): string {
  return `${formatCount(Math.round(bytes / 1e6))} MB`
}

/** A value with three significant digits, for tables of metrics. */
export function formatValue(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value)
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return digits > 6 ? value.toExponential(2) : value.toFixed(Math.min(digits, 6))
}

/**
 * Lines of a table, columns two spaces apart.
 * @param rows cells, those of the head first
 * @param numeric the columns whose cells stand at the right
 */
export function formatTable(
  rows: readonly (readonly string[])[],
  numeric: ReadonlySet<number> = new Set(),
): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  return rows.map(row =>
    row
      .map((cell, i) => (numeric.has(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  )
}

/** A text in lines of at most so many columns, each indented, broken between words; a longer word has a line of its own. */
export function wrapText(text: string, columns: number, indent: string = ''): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= columns)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(indent + word)
  }
  return lines
}
