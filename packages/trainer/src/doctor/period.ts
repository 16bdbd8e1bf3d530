import { fitLine } from './statistics.ts'

/** How a series swings around its trend. */
export interface Oscillation {
  /** Readings from one peak to the next. */
  readonly period: number
  /** Correlation of the series with itself one period later, up to 1. */
  readonly strength: number
  /** From trough to peak: 2·√2 standard deviations, which is exact for a sine. */
  readonly swing: number
  /** Standard deviation of the second half over that of the first: below 1 where it damps. */
  readonly growth: number
}

/**
 * Correlations of a series with itself, its straight trend taken off, at lags 0 to `lags`, each over the pairs that
 * there are: autocovariance at the lag, per pair, over the variance.
 * @returns lags + 1 numbers, the first of which is 1; NaN of a straight line
 */
export function autocorrelation(series: ArrayLike<number>, lags: number): Float64Array {
  return correlations(detrended(series), lags)
}

/**
 * The period of a series of at least 8 numbers: the highest correlation after the first negative one, where at least
 * three periods fit and half a period earlier the series is its own opposite. Undefined where there is none.
 */
export function detectPeriod(series: ArrayLike<number>): Oscillation | undefined {
  const n = series.length
  if (n < 8) return undefined
  const residual = detrended(series)
  const longest = Math.floor(n / 3)
  const r = correlations(residual, longest + 1)
  const first = r.findIndex(value => value < 0)
  if (first < 0) return undefined
  let period = first
  for (let lag = first + 1; lag <= longest; lag++) if (r[lag]! > r[period]!) period = lag
  // At the edge it may be the slope of a longer swing, of which too little is seen.
  if (period === first || r[period + 1]! > r[period]!) return undefined
  const opposite = Math.min(...r.subarray(1, period))
  const strength = Math.min(r[period]!, -opposite)
  const half = n >> 1
  return {
    period,
    strength,
    swing: 2 * Math.SQRT2 * deviation(residual),
    growth: deviation(residual.subarray(n - half)) / deviation(residual.subarray(0, half)),
  }
}

function correlations(residual: Float64Array, lags: number): Float64Array {
  const n = residual.length
  const perPair = (lag: number) => {
    let sum = 0
    for (let i = lag; i < n; i++) sum += residual[i]! * residual[i - lag]!
    return sum / (n - lag)
  }
  const variance = perPair(0)
  return Float64Array.from({ length: lags + 1 }, (_, lag) => perPair(lag) / variance)
}

function detrended(series: ArrayLike<number>): Float64Array {
  const { slope, start } = fitLine(series)
  return Float64Array.from(series, (value, i) => value - (start + slope * i))
}

/** Root mean square: the mean of the whole is 0 once the trend is off. */
function deviation(residual: Float64Array): number {
  return Math.sqrt(residual.reduce((sum, value) => sum + value ** 2, 0) / residual.length)
}
