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
