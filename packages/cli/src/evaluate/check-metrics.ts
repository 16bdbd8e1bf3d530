import { GankitError } from '@gankit/core'
import { metricNames } from '@gankit/metrics'

/** Of a generator that can be asked for attributes: the share of fakes that have what was asked for. */
export const agreement = 'agreement'

/** @throws GankitError for names that no metric has, before anything is opened */
export function checkMetrics(flag: string, metrics: readonly string[] = []): void {
  const known = flag === '--metrics' ? [...metricNames, agreement] : metricNames
  const unknown = metrics.find(name => !known.includes(name))
  if (unknown === undefined) return
  throw new GankitError(
    'cli',
    'option',
    `${flag} names '${unknown}', expected ${flag === '--metrics' ? 'some' : 'one'} of ${known.join(', ')}`,
  )
}
