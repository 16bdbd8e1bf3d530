/** The density of a normal distribution. */
export function normalDensity(x: number, mean: number, std: number): number {
  return Math.exp(-(((x - mean) / std) ** 2) / 2) / (std * Math.sqrt(2 * Math.PI))
}
