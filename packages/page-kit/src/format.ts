/** A number of a panel: always as wide. */
export function formatValue(value: number | undefined, digits = 3): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const text =
    Math.abs(value) >= 1000 || (value !== 0 && Math.abs(value) < 10 ** -digits)
      ? value.toExponential(1)
      : value.toFixed(digits)
  return text.replace(/^-/, '−').replace('e+', 'e').replace('e-', 'e−')
}

export const formatCount = (value: number): string => value.toLocaleString('en')
