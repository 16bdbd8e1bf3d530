import type { Attribute, Augmentation, Skipped } from '@gankit/core'
import type { SampleSource } from '../../dataset/create-dataset.ts'

/** Options of every dataset that is packed. */
export interface PackOptions {
  /** Caches go into `packed` in this folder. Default: GANKIT_CACHE, else the platform's cache folder. */
  readonly cacheDir?: string
  /** Continues where more than 5% of the files gave no sample. Default false. */
  readonly allowSkipped?: boolean
  /** Gets the number of packed items from time to time. Not called where the cache exists already. */
  readonly onProgress?: (progress: PackProgress) => void
  /** Gets a line for a person: why an existing cache is not used, or that labels by folders are of one class. */
  readonly onNote?: (line: string) => void
  readonly signal?: AbortSignal
}

export interface PackProgress {
  /** Items that were looked at, including those of an earlier build that was interrupted. */
  readonly done: number
  readonly total: number
  readonly skipped: number
  /** The process that packs them, where this one waits for it. */
  readonly process?: number
}

/** The option that accepts too many skipped files, in a program and on the command line. */
export const allowSkippedHint = 'allowSkipped (--allow-skipped)'

/** One sample as bytes, or the reason why there is none. */
export type Item =
  | {
      /** The sample, as many bytes as `sampleShape` says. */
      readonly bytes: Uint8Array
      /** Index into the plan's `classes`. */
      readonly label?: number
      /** For each attribute of the plan the index of its value. */
      readonly attributes?: Uint8Array
    }
  | {
      readonly skipped: Skipped
      /** Whether it counts towards the share of samples that may be skipped. Default true. */
      readonly counts?: boolean
    }

/** What is packed, and how its samples are made. */
export interface PackPlan {
  /** The cache's name for people: letters, digits and dashes. */
  readonly name: string
  /** Everything that a sample's bytes depend on, beside `sources`; plain JSON. Each identity has a cache of its own. */
  readonly identity: Readonly<Record<string, unknown>>
  /** A hash of the sources' names, sizes and times; when it changes, the cache is made anew. */
  readonly sources: string
  readonly sampleShape: readonly number[]
  /** Number of items; those that are skipped give no sample. */
  readonly count: number
  readonly classes?: readonly string[]
  readonly attributes?: readonly Attribute[]
  /** The augmentation of batches that are given none; no part of the cache. */
  readonly augment?: Augmentation
  /** What the dataset shows of the packed samples, where that isn't all of each; no part of the cache. */
  view?(packed: SampleSource): SampleSource
  /** Makes items `from` to `to` − 1, in order. */
  make(from: number, to: number): Promise<readonly Item[]>
  /** Releases threads and files that `make` used. */
  end?(): Promise<void>
}
