import { GankitError, type Skipped } from '@gankit/core'

/** A picture that doesn't get as far as a sample is a loss up to this share of all. */
const maxSkippedShare = 0.05

/** How much of what was gone through gave no sample. */
export interface Losses {
  readonly skipped: readonly Skipped[]
  /** How many of the skipped are a loss; a text file among pictures is none. */
  readonly lost: number
  /** Of how many files. */
  readonly of: number
}

/**
 * @param wayOut what lets a person go on all the same
 * @throws GankitError where more than 5% is lost, with the first of what was skipped and the way out
 */
export function checkLosses({ skipped, lost, of }: Losses, wayOut: string): void {
  if (lost <= of * maxSkippedShare) return
  const some = skipped.slice(0, 3).map(said).join('; ')
  throw new GankitError(
    'datasets',
    'data',
    `${lost} of ${of} files had to be skipped, expected at most ${maxSkippedShare * 100}% (${some}${skipped.length > 3 ? '; …' : ''}): mend or remove them, or go on without them by ${wayOut}`,
  )
}

/** The error for files of which none gave a sample. */
export function noneUsable(skipped: readonly Skipped[]): GankitError {
  const first = skipped[0] ? `: ${said(skipped[0])}` : ''
  const message = `none of ${skipped.length} files is a picture that can be used${first}`
  return new GankitError('datasets', 'data', message)
}

const said = ({ name, why }: Skipped) => `${name} ${why}`
