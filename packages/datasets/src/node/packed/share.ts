import { GankitError, type Skipped } from '@gankit/core'
import { maxSkippedShare } from '../../image-options.ts'

/** @throws GankitError where more than 5% is lost, with the first of what was skipped and the way out */
export function checkShare({
  lost,
  of,
  skipped,
}: {
  readonly lost: number
  readonly of: number
  readonly skipped: readonly Skipped[]
}): void {
  if (lost <= of * maxSkippedShare) return
  const some = skipped
    .slice(0, 3)
    .map(({ name, why }) => `${name} ${why}`)
    .join('; ')
  throw new GankitError(
    'datasets',
    'data',
    `${lost} of ${of} files had to be skipped, expected at most ${maxSkippedShare * 100}% (${some}${skipped.length > 3 ? '; …' : ''}): mend or remove them, or go on without them by allowSkipped (--allow-skipped)`,
  )
}
