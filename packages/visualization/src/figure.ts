/** A number as short as it reads well: three figures that count, and a power of ten where it is far from 1. */
export function figure(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1e9) return String(value)
  if (size >= 1e6 || size < 1e-3) return value.toExponential(2).replace('e+', 'e')
  return size >= 1000 ? String(Math.round(value)) : value.toPrecision(3)
}
