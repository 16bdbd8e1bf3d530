/**
 * A measured number for a reader: three significant digits without trailing zeros, whole thousands as '12,346', and a
 * power of ten below 0.001 and from a million on.
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size >= 1000 && size < 1e6) return Math.round(value).toLocaleString('en')
  return size === 0 || (size >= 1e-3 && size < 1e6) ? String(+value.toPrecision(3)) : value.toExponential(1)
}
