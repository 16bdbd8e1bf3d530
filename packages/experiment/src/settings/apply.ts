import type { ObjectiveName, ObjectiveSettings } from '@gankit/losses'
import type { OptimizerSettings, ScheduleSettings } from '@gankit/trainer/optimizers'
import type { OptimizersSettings } from './schemas.ts'

// How a flag changes a setting that is more than the number or the name behind it. Nothing here may load TensorFlow.js,
// for the table of settings loads this file.

type Objective = ObjectiveName | ObjectiveSettings

/** Another objective starts without the options and penalties of the one before. */
export function setObjective(before: Objective | undefined, name: ObjectiveName): Objective {
  return before !== undefined && expandObjective(before).name === name ? before : name
}

export function setLabelSmoothing(before: Objective | undefined, labelSmoothing: number): Objective {
  // An objective without labels refuses the option when it is created.
  return { ...expandObjective(before!), labelSmoothing } as ObjectiveSettings
}

/** R1 beside the other penalties, in place of an earlier R1. */
export function setR1Penalty(before: Objective | undefined, gamma: number): Objective {
  const objective = expandObjective(before!)
  const others = (objective.penalties ?? []).filter(penalty => penalty.name !== 'r1')
  return { ...objective, penalties: [...others, { name: 'r1', gamma }] }
}

function expandObjective(objective: Objective): ObjectiveSettings {
  return typeof objective === 'string' ? { name: objective } : objective
}

/** The same optimizer keeps its options; another one starts with its defaults. */
export function setOptimizer(
  before: OptimizersSettings | undefined,
  name: OptimizerSettings['name'],
): OptimizersSettings {
  const choose = (chosen: OptimizerSettings): OptimizerSettings =>
    chosen.name === name ? chosen : ({ name } as OptimizerSettings)
  const { generator, discriminator } = before!
  return { generator: choose(generator), discriminator: choose(discriminator) }
}

/** Sets the learning rate of these networks; a schedule keeps its course and starts from another value. */
export function setLearningRate(
  ...players: readonly (keyof OptimizersSettings)[]
): (before: OptimizersSettings | undefined, rate: number) => OptimizersSettings {
  return (before, rate) => {
    const changed = players.map(player => {
      const optimizer = before![player]
      return [player, { ...optimizer, learningRate: startAt(rate, optimizer.learningRate) }]
    })
    return { ...before!, ...Object.fromEntries(changed) }
  }
}

function startAt(rate: number, before: ScheduleSettings | undefined): ScheduleSettings {
  return typeof before === 'object' ? { ...before, from: rate } : rate
}
