import { GankitError, type Skipped } from '@gankit/core'

/** The share of files that may fail to become a sample. */
const maxFailedShare = 0.05

/** Larger files, in bytes, are no pictures to learn from, and reading them would take as much memory. */
const maxFileSize = 256 * 2 ** 20

/** The files of a dataset that gave no sample. */
export interface SkipReport {
  readonly skipped: readonly Skipped[]
  /** How many of them should have given one; a text file among pictures doesn't count. */
  readonly failed: number
  /** The number of all files. */
  readonly total: number
}

/**
 * @param hint the option that lets the user continue all the same
 * @throws GankitError where more than 5% failed, with the first skipped files and the hint
 */
export function checkSkipped({ skipped, failed, total }: SkipReport, hint: string): void {
  if (failed <= total * maxFailedShare) return
  const some = skipped.slice(0, 3).map(formatSkipped).join('; ')
  throw new GankitError(
    'datasets',
    'data',
    `${failed} of ${total} files had to be skipped, expected at most ${maxFailedShare * 100}% (${some}${skipped.length > 3 ? '; …' : ''}): mend or remove them, or go on without them by ${hint}`,
  )
}

/** The error for files of which none gave a sample. */
export function noneUsableError(skipped: readonly Skipped[]): GankitError {
  const first = skipped[0] ? `: ${formatSkipped(skipped[0])}` : ''
  const message = `none of ${skipped.length} files is a picture that can be used${first}`
  return new GankitError('datasets', 'data', message)
}

const formatSkipped = ({ name, why }: Skipped) => `${name} ${why}`

/** Whether a name is that of a file which operating systems leave in folders. @param name a path, with '/' between folders */
export function isSystemFile(name: string): boolean {
  return name
    .split('/')
    .some(part => part.startsWith('.') || ['__MACOSX', 'Thumbs.db', 'desktop.ini'].includes(part))
}

/** The reason why a file of this size is not read, or undefined. */
export function findSizeProblem(size: number): string | undefined {
  if (size === 0) return 'is empty'
  return size > maxFileSize ? `has ${size} bytes, more than ${maxFileSize}` : undefined
}

/** Compares by UTF-16 code units, so that the order depends on no language. */
export function compareNames(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
