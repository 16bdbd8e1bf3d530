import { GankitError } from '@gankit/core'
import { metricNames } from '@gankit/metrics'

/** Of a conditional generator: the share of fakes in which a classifier sees the condition that they were drawn with. */
export const conditionAccuracy = 'condition-accuracy'

/** Of a generator of captions: whether its pictures show what captions name, and are found by them. */
export const captionMetrics: readonly string[] = [
  'caption-accuracy',
  'caption-accuracy-unseen',
  'caption-accuracy-wrong',
  'r-precision',
]

/**
 * @param measures the metrics of an app that measures pairs; they take the place of the others
 * @throws GankitError for names that no metric has, before anything is opened
 */
export function checkMetrics(
  flag: string,
  metrics: readonly string[] = [],
  measures: readonly string[] | undefined = undefined,
): void {
  const known =
    measures ?? (flag === '--metrics' ? [...metricNames, conditionAccuracy, ...captionMetrics] : metricNames)
  const unknown = metrics.find(name => !known.includes(name))
  if (unknown === undefined) return
  throw new GankitError(
    'cli',
    'option',
    `${flag} names '${unknown}', expected ${flag === '--metrics' ? 'some' : 'one'} of ${known.join(', ')}`,
  )
}
