import { GankitError } from '@gankit/core'
import { metricNames } from '@gankit/metrics'

/** @throws GankitError for names that no metric has, before anything is opened */
export function checkMetrics(flag: string, metrics: readonly string[] = []): void {
  const unknown = metrics.find(name => !metricNames.includes(name))
  if (unknown === undefined) return
  throw new GankitError(
    'cli',
    'option',
    `${flag} names '${unknown}', expected ${flag === '--metrics' ? 'some' : 'one'} of ${metricNames.join(', ')}`,
  )
}
