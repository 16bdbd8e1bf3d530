/** What every dataset that is packed takes. */
export interface PackOptions {
  /** Caches go into `packed` in this folder. Default: GANKIT_CACHE, else the platform's cache folder. */
  readonly cacheDir?: string
  /** Goes on where more than 5% of the files gave no sample. Default false. */
  readonly allowSkipped?: boolean
  /** Told now and then how many of the items are packed. Not called where the cache is there. */
  readonly onProgress?: (progress: PackProgress) => void
  /** Told in one line why a cache that is there is not used. */
  readonly onNote?: (line: string) => void
  readonly signal?: AbortSignal
}

export interface PackProgress {
  /** Items gone through, those of an earlier build that was interrupted included. */
  readonly done: number
  readonly total: number
  readonly skipped: number
}

/** What lets a person go on where too much was skipped: in a program, and on the command line. */
export const wayOut = 'allowSkipped (--allow-skipped)'
