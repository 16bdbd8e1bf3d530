/** The arithmetic mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * The standard deviation.
 * @param lost degrees of freedom to subtract from the count in the divisor: 0 for a population, 1 for a sample of one
 */
export function standardDeviation(values: readonly number[], lost: 0 | 1): number {
  const center = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0)
  return Math.sqrt(squares / (values.length - lost))
}

/**
 * The probability that a standard normal number is above z, to a relative error of 1e−12 while it is above 1e−290. Up to
 * z = 3 by the series of Φ (Marsaglia 2004, "Evaluating the normal distribution"), where no digits are lost, and by the
 * continued fraction of Laplace from there on.
 */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) return z
  if (z < 0) return 1 - normalTail(-z)
  const peak = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  if (z < 3) {
    let [sum, term] = [z, z]
    for (let k = 3; term > sum * 1e-18; k += 2) {
      term *= (z * z) / k
      sum += term
    }
    return 0.5 - peak * sum
  }
  let fraction = z
  for (let k = 160; k > 0; k--) fraction = z + k / fraction
  return peak / fraction
}
