import { GankitError, type Skipped } from '@gankit/core'

/** The share of files that may fail to become a sample. */
const maxFailedShare = 0.05

/** Larger files, in bytes, are no pictures to learn from, and reading them would take as much memory. */
const maxFileSize = 256 * 2 ** 20

/** A file that gave no sample. */
export interface SkippedFile extends Skipped {
  /** Whether it should have given one; a text file among pictures doesn't count. */
  readonly counts: boolean
}

/**
 * @param total the number of files that should have given a sample, or of all files while that isn't known
 * @param hint the option that lets the user continue all the same
 * @throws GankitError where more than 5% of them gave none; it counts their reasons, with an example of each
 */
export function checkSkipped(skipped: readonly SkippedFile[], total: number, hint: string): void {
  const failed = skipped.filter(({ counts }) => counts)
  if (failed.length <= total * maxFailedShare) return
  throw new GankitError(
    'datasets',
    'data',
    `${failed.length} of ${total} ${total === 1 ? 'file' : 'files'} had to be skipped, expected at most ${maxFailedShare * 100}% (${formatReasons(failed)}): mend or remove them, or go on without them by ${hint}`,
  )
}

/** The error for files of which none gave a sample. */
export function noneUsableError(skipped: readonly SkippedFile[]): GankitError {
  const failed = skipped.filter(({ counts }) => counts)
  const reasons = formatReasons(failed.length > 0 ? failed : skipped)
  const message = `${skipped.length === 1 ? 'the one file is no' : `none of ${skipped.length} files is a`} picture that can be used${reasons && `: ${reasons}`}`
  return new GankitError('datasets', 'data', message)
}

/** Reasons that a message names. */
const maxReasons = 3

/** The most frequent reasons, each with its first file and the number of others. */
function formatReasons(skipped: readonly Skipped[]): string {
  const byReason = new Map<string, string[]>()
  for (const { name, why } of skipped) byReason.set(why, [...(byReason.get(why) ?? []), name])
  const reasons = [...byReason].sort(([, a], [, b]) => b.length - a.length)
  const lines = reasons.slice(0, maxReasons).map(([why, [name, ...others]]) => {
    const more = others.length > 0 ? ` (and ${others.length} other${others.length > 1 ? 's' : ''})` : ''
    return `${name}${more} ${why}`
  })
  return [...lines, ...(reasons.length > maxReasons ? ['…'] : [])].join('; ')
}

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
