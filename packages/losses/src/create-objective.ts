import { checkOption, type Objective } from '@gankit/core'
import { withPenalties, withTerms } from './compose.ts'
import { createFromSettings, type EntrySettings } from './entry.ts'
import { type ObjectiveEntry, objectiveEntries } from './objectives/objectives.ts'
import { createPenalty, type PenaltySettings } from './penalties/penalties.ts'
import { createTerm, type TermSettings } from './terms/terms.ts'

/** An objective as plain data, so that a run can write it down: a name, its options, and what is added to its losses. */
export type ObjectiveSettings = EntrySettings<ObjectiveEntry> & {
  /** Added to D's loss; one of the same name takes the place of the objective's own. */
  readonly penalties?: readonly PenaltySettings[]
  /** Added to G's loss. */
  readonly terms?: readonly TermSettings[]
}

/**
 * The objective that settings, or a name alone, stand for.
 * @throws GankitError for an unknown name, an option that the objective doesn't have, or one out of range
 */
export function createObjective(settings: ObjectiveSettings['name'] | ObjectiveSettings): Objective {
  if (typeof settings === 'string')
    return createFromSettings('objective', objectiveEntries, { name: settings })
  const { penalties = [], terms = [], ...own } = settings
  for (const [option, list] of Object.entries({ penalties, terms }))
    checkOption('losses', `objective ${option}`, list, Array.isArray(list), 'a list of settings')
  const objective = createFromSettings('objective', objectiveEntries, own)
  return withTerms(withPenalties(objective, ...penalties.map(createPenalty)), ...terms.map(createTerm))
}
