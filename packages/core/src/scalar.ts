/**
 * How a scalar of training is shown. A game gives one for each scalar that deserves a name; progress lines, charts,
 * tables, TensorBoard and event files are made from these alone.
 */
export interface ScalarDescription {
  /** `player/scalar`: 'discriminator/loss'. */
  readonly name: string
  /** The name of its curve on the chart: 'D'. */
  readonly label: string
  /** The title of the chart that it shares with others: 'loss'. */
  readonly chart: string
  /** Its value where no player can improve, where that is known. */
  readonly equilibrium?: number
  /** Digits behind the point in a progress line. Default 3. */
  readonly digits?: number
}

/** A description of a scalar that nobody described: its player is the curve, what is measured the chart. */
export function describeScalar(name: string): ScalarDescription {
  const slash = name.indexOf('/')
  return slash < 0
    ? { name, label: name, chart: name }
    : { name, label: name.slice(0, slash), chart: name.slice(slash + 1) }
}

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
