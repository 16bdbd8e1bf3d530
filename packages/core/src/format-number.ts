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

/** A number of bytes in three digits with a binary unit, as memory is counted: '3.45 GiB', '96 bytes'. */
export function formatBytes(bytes: number): string {
  for (const [unit, size] of [
    ['TiB', 2 ** 40],
    ['GiB', 2 ** 30],
    ['MiB', 2 ** 20],
    ['KiB', 2 ** 10],
  ] as const)
    if (bytes >= size) return `${Number((bytes / size).toPrecision(3))} ${unit}`
  return bytes === 1 ? '1 byte' : `${bytes} bytes`
}
