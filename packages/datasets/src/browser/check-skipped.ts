import { GankitError, type Skipped } from '@gankit/core'
import { maxSkippedShare } from '../image-options.ts'

/** What went through, and how much of it gave no sample. */
export interface Outcome {
  readonly total: number
  readonly skipped: readonly Skipped[]
  /** How many of the skipped are a loss; a text file among pictures is none. */
  readonly lost: number
}

/** @throws GankitError where no sample is left, or more than 5% is lost and `allowSkipped` is not set */
export function checkSkipped({ total, skipped, lost }: Outcome, allowSkipped: boolean): void {
  if (skipped.length === total) {
    const first = skipped[0] ? `: ${said(skipped[0])}` : ''
    const message = `none of ${total} files is a picture that can be used${first}`
    throw new GankitError('datasets', 'data', message)
  }
  if (allowSkipped || lost <= total * maxSkippedShare) return
  const some = skipped.slice(0, 3).map(said).join('; ')
  throw new GankitError(
    'datasets',
    'data',
    `${lost} of ${total} files had to be skipped, expected at most ${maxSkippedShare * 100}% (${some}${skipped.length > 3 ? '; …' : ''}): mend or remove them, or go on without them by allowSkipped`,
  )
}

const said = ({ name, why }: Skipped) => `${name} ${why}`
