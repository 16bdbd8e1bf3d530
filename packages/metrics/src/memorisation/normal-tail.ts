/**
 * The chance that a standard normal number is above z, to 1e−12 of itself while it is above 1e−290. Up to 3 by the series
 * of Φ (Marsaglia 2004, "Evaluating the normal distribution"), where no digits are lost, and by the continued fraction of
 * Laplace from there on.
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
