/** A measured number as one reads it: three digits that count, and an exponent only where it is needed. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size >= 1000 && size < 1e6) return Math.round(value).toLocaleString('en')
  return size === 0 || (size >= 1e-3 && size < 1e6) ? String(+value.toPrecision(3)) : value.toExponential(1)
}
