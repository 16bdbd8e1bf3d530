import { GankitError } from '@gankit/core'
import { type AdamOptions, adam } from './adam.ts'
import { type MomentumOptions, momentum } from './momentum.ts'
import type { Optimizer } from './optimizer.ts'
import { type RmsPropOptions, rmsprop } from './rmsprop.ts'
import type { Schedule } from './schedule.ts'
import { createSchedule, type ScheduleSettings } from './schedule-settings.ts'
import { type SgdOptions, sgd } from './sgd.ts'

/** An optimizer's options with schedules as plain data; the same defaults. */
type Plain<Options> = {
  readonly [Option in keyof Options]: Schedule extends Options[Option] ? ScheduleSettings : Options[Option]
}

/** An optimizer as plain data, as a run's configuration holds it. */
export type OptimizerSettings =
  | ({ readonly name: 'sgd' } & Plain<SgdOptions>)
  | ({ readonly name: 'momentum' } & Plain<MomentumOptions>)
  | ({ readonly name: 'rmsprop' } & Plain<RmsPropOptions>)
  | ({ readonly name: 'adam' } & Plain<AdamOptions>)

export const optimizerNames: readonly OptimizerSettings['name'][] = ['adam', 'momentum', 'rmsprop', 'sgd']

/** Makes the optimizer that the settings describe. @throws GankitError for an unknown name, or a schedule out of range */
export function createOptimizer(settings: OptimizerSettings): Optimizer {
  switch (settings.name) {
    case 'sgd':
      return sgd(optionsOf<SgdOptions>(settings))
    case 'rmsprop':
      return rmsprop(optionsOf<RmsPropOptions>(settings))
    case 'adam':
      return adam(optionsOf<AdamOptions>(settings))
    case 'momentum':
      return momentum(optionsOf<MomentumOptions>(settings))
    default: {
      const { name } = settings as { name: unknown }
      throw new GankitError(
        'trainer',
        'option',
        `optimizer is '${name}', expected one of ${optimizerNames.join(', ')}`,
      )
    }
  }
}

const scheduled: readonly string[] = ['learningRate', 'momentum']

function optionsOf<Options extends object>(settings: Plain<Options>): Options {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    given.map(([option, value]) => [
      option,
      scheduled.includes(option) ? createSchedule(value as ScheduleSettings) : value,
    ]),
  ) as Options
}
