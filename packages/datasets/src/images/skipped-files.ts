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

/** Names of files that systems leave in folders, and that nobody means. @param name a path, with '/' between folders */
export function isNoise(name: string): boolean {
  return name
    .split('/')
    .some(part => part.startsWith('.') || ['__MACOSX', 'Thumbs.db', 'desktop.ini'].includes(part))
}

/** Whether a file is meant to be a picture by its name: then it is a loss if it is none. */
export function isNamedPicture(name: string): boolean {
  return /\.(jpe?g|jfif|png|webp|gif|avif|tiff?)$/i.test(name)
}

/** Larger files are no pictures to learn from, and reading them would take as much memory. */
const maxBytes = 256 * 2 ** 20

/** Why a file of this size is not read, or undefined. */
export function refusedSize(size: number): string | undefined {
  if (size === 0) return 'is empty'
  return size > maxBytes ? `has ${size} bytes, more than ${maxBytes}` : undefined
}

/** By UTF-16 code units, so that the order depends on no language. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
