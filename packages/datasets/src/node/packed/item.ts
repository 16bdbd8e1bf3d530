import type { Attribute, Augmentation, Skipped } from '@gankit/core'

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
