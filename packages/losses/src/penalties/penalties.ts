import type { Penalty } from '@gankit/core'
import { createFromSettings, type EntrySettings, indexEntries } from '../entry.ts'
import * as table from './table.ts'

type PenaltyEntry = (typeof table)[keyof typeof table]

/** What a penalty is called in a configuration. */
export type PenaltyName = PenaltyEntry['name']

/** A penalty as plain data: its name and its options. */
export type PenaltySettings = EntrySettings<PenaltyEntry>

const entries: Readonly<Record<string, PenaltyEntry>> = indexEntries<PenaltyEntry>(table)

/** @throws GankitError for an unknown name, an option that the penalty doesn't have, or one out of range */
export function createPenalty(settings: PenaltySettings): Penalty {
  return createFromSettings('penalty', entries, settings)
}
