import type { GeneratorTermContext, Objective, Penalty, Term } from '@gankit/core'

/**
 * An objective with more penalties in D's loss, called by its name and theirs: 'non-saturating+r1'. A penalty takes the
 * place of one of the same name that is there already.
 */
export function withPenalties(objective: Objective, ...added: readonly Penalty[]): Objective {
  const { all, names } = addByName(objective.penalties, added)
  return { ...objective, name: [objective.name, ...names].join('+'), penalties: all }
}

/**
 * An objective with more terms in G's loss, called by its name and theirs: 'non-saturating+l1'. A term takes the place of
 * one of the same name that is there already.
 */
export function withTerms(objective: Objective, ...added: readonly Term<GeneratorTermContext>[]): Objective {
  const { all, names } = addByName(objective.terms, added)
  return { ...objective, name: [objective.name, ...names].join('+'), terms: all }
}

/** Both lists, where a later item takes the place of one of its name, and the names that the first list lacks. */
function addByName<Item extends { readonly name: string }>(
  present: readonly Item[] = [],
  added: readonly Item[],
): { all: Item[]; names: string[] } {
  const all = new Map(present.map(item => [item.name, item]))
  const known = new Set(all.keys())
  for (const item of added) all.set(item.name, item)
  return { all: [...all.values()], names: [...all.keys()].filter(name => !known.has(name)) }
}
