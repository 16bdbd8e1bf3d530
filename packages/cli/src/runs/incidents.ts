import type { Incident } from '@gankit/visualization/node'
import type { History } from './history.ts'

/** What happened to a run beside its steps, in the order of the steps. */
export function incidentsOf({ findings, warnings, rollbacks }: History): Incident[] {
  const all: Incident[] = [
    ...findings.map(({ step, name, evidence, advice }) => ({
      kind: 'finding' as const,
      step,
      title: titleOf(name),
      evidence,
      advice,
    })),
    ...warnings.map(({ step, message }) => ({ kind: 'warning' as const, step, title: message })),
    ...rollbacks.map(({ step, to, player, what, attempt, tries, learningRateScale }) => ({
      kind: 'rollback' as const,
      step,
      title: `Back to step ${to.toLocaleString('en')}`,
      evidence: `The ${player}'s ${what} was not finite. This was fall ${attempt} in a row; the run gives up after ${tries}. From here the learning rates are ${learningRateScale} of what they were set to.`,
    })),
  ]
  return all.sort((a, b) => a.step - b.step)
}

/** 'discriminator-won' as 'Discriminator won'. */
function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
