import { lookUp } from '@gankit/core'
import { type AdamOptions, adam } from './adam.ts'
import { type MomentumOptions, momentum } from './momentum.ts'
import type { Optimizer } from './optimizer.ts'
import { type RmsPropOptions, rmsprop } from './rmsprop.ts'
import type { Schedule } from './schedule.ts'
import { createSchedule, type ScheduleSettings } from './schedule-settings.ts'
import { type SgdOptions, sgd } from './sgd.ts'

/** Every optimizer by its name in a configuration. A new one is its file and a line here. */
const optimizers = { adam, momentum, rmsprop, sgd }

/** The options of every optimizer by its name. */
interface OptimizerOptions {
  readonly adam: AdamOptions
  readonly momentum: MomentumOptions
  readonly rmsprop: RmsPropOptions
  readonly sgd: SgdOptions
}

/** An optimizer's options with schedules as plain data; the same defaults. */
type Plain<Options> = {
  readonly [Option in keyof Options]: Schedule extends Options[Option] ? ScheduleSettings : Options[Option]
}

/** An optimizer as plain data, as a run's configuration holds it. */
export type OptimizerSettings = {
  [Name in keyof OptimizerOptions]: { readonly name: Name } & Plain<OptimizerOptions[Name]>
}[keyof OptimizerOptions]

export const optimizerNames: readonly OptimizerSettings['name'][] = Object.keys(
  optimizers,
) as OptimizerSettings['name'][]

/** Options that are schedules. */
const scheduled: readonly string[] = ['learningRate', 'momentum']

/** Makes the optimizer that the settings describe. @throws GankitError for an unknown name, or a schedule out of range */
export function createOptimizer({ name, ...settings }: OptimizerSettings): Optimizer {
  const create = lookUp('trainer', 'optimizer', name, optimizers) as (options: object) => Optimizer
  const given = Object.entries(settings).filter(([, value]) => value !== undefined)
  return create(
    Object.fromEntries(
      given.map(([option, value]) => [
        option,
        scheduled.includes(option) ? createSchedule(value as ScheduleSettings) : value,
      ]),
    ),
  )
}
