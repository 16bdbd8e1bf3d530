import type { GeneratorTermContext, Term } from '@gankit/core'
import { createFromSettings, type EntrySettings, indexEntries } from '../entry.ts'
import * as table from './table.ts'

type TermEntry = (typeof table)[keyof typeof table]

/** What a term of G's loss is called in a configuration. */
export type TermName = TermEntry['name']

/** A term of G's loss as plain data: its name and its options. */
export type TermSettings = EntrySettings<TermEntry>

const entries: Readonly<Record<string, TermEntry>> = indexEntries<TermEntry>(table)

/** @throws GankitError for an unknown name, an option that the term doesn't have, or one out of range */
export function createTerm(settings: TermSettings): Term<GeneratorTermContext> {
  return createFromSettings<Term<GeneratorTermContext>>('term', entries, settings)
}
