import type { Attribute, Augmentation, Skipped } from '@gankit/core'

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

/** One sample as bytes, or why there is none. */
export type Item =
  | {
      /** As many bytes as `sampleShape` says. */
      readonly bytes: Uint8Array
      /** Index into the plan's `classes`. */
      readonly label?: number
      /** One code an attribute of the plan. */
      readonly codes?: Uint8Array
    }
  | {
      readonly skipped: Skipped
      /** Whether this counts against the share of samples that may be skipped. Default true. */
      readonly counts?: boolean
    }

/** What is to be packed, and how its samples are made. */
export interface PackPlan {
  /** What the cache is called, for people: letters, digits and dashes. */
  readonly name: string
  /** Everything that a sample's bytes depend on, beside `sources`; plain JSON. Another identity is another cache. */
  readonly identity: Readonly<Record<string, unknown>>
  /** A hash of the sources' names, sizes and times; where it is another one the cache is made anew. */
  readonly sources: string
  readonly sampleShape: readonly number[]
  /** Items to go through; those that are skipped give no sample. */
  readonly count: number
  readonly classes?: readonly string[]
  readonly attributes?: readonly Attribute[]
  /** What batches get unless they are told otherwise; no part of the cache. */
  readonly augment?: Augmentation
  /** Makes items `from` to `to` − 1, in order. */
  make(from: number, to: number): Promise<readonly Item[]>
  /** Lets go of what `make` needed: threads, files. */
  end?(): Promise<void>
}
