import type { Objective, Penalty } from '@gankit/core'

/**
 * An objective with more terms in D's loss, called by its name and theirs: 'non-saturating+r1'. A penalty takes the
 * place of one of the same name that is there already.
 */
export function withPenalties(objective: Objective, ...added: readonly Penalty[]): Objective {
  const penalties = new Map((objective.penalties ?? []).map(penalty => [penalty.name, penalty]))
  const known = new Set(penalties.keys())
  for (const penalty of added) penalties.set(penalty.name, penalty)
  const names = [...penalties.keys()].filter(name => !known.has(name))
  return { ...objective, name: [objective.name, ...names].join('+'), penalties: [...penalties.values()] }
}
