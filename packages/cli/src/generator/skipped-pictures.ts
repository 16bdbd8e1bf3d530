import type { Skipped } from '@gankit/core'
import { formatPlural } from '../terminal/format.ts'

/** Files that are named; the others are counted. */
const maxNamed = 5

/** What gave no picture of what a person named, and why: '1 file gave no picture (a.txt is no JPEG …)'; '' where all did. */
export function describeSkipped(skipped: readonly Skipped[]): string {
  if (skipped.length === 0) return ''
  const named = skipped.slice(0, maxNamed).map(({ name, why }) => `${name} ${why}`)
  const more = skipped.length > maxNamed ? `; and ${skipped.length - maxNamed} more` : ''
  return `${formatPlural(skipped.length, 'file')} gave no picture (${named.join('; ')}${more})`
}
