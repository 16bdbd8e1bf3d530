import { GankitError } from '@gankit/core'
import { metricNames } from '@gankit/metrics'

/** Of a conditional generator: the share of fakes in which a classifier sees the condition that they were drawn with. */
export const conditionAccuracy = 'condition-accuracy'

/** @throws GankitError for names that no metric has, before anything is opened */
export function checkMetrics(flag: string, metrics: readonly string[] = []): void {
  const known = flag === '--metrics' ? [...metricNames, conditionAccuracy] : metricNames
  const unknown = metrics.find(name => !known.includes(name))
  if (unknown === undefined) return
  throw new GankitError(
    'cli',
    'option',
    `${flag} names '${unknown}', expected ${flag === '--metrics' ? 'some' : 'one'} of ${known.join(', ')}`,
  )
}
