import { GankitError } from '@gankit/core'
import { constant, cosine, exponentialDecay, linear, type Schedule, warmUp } from './schedule.ts'

/** A schedule as plain data, as a run's configuration holds it. Updates are counted from 0. */
export type ScheduleSettings = number | NamedSchedule

interface WarmedUp {
  /** Over so many first updates the value is multiplied by a factor that rises from 0 to 1. Default 0: none. */
  readonly warmUp?: number
}

type NamedSchedule = WarmedUp &
  (
    | { readonly name: 'constant'; readonly from: number }
    | {
        /** In a straight line or along half a cosine from one value to the other. */
        readonly name: 'linear' | 'cosine'
        readonly from: number
        readonly to: number
        /** How long that takes; then the value stays. */
        readonly updates: number
      }
    | {
        readonly name: 'exponential'
        readonly from: number
        /** What the value is divided by at every update, from 1. */
        readonly factor: number
        /** The value stays above. Default 0. */
        readonly floor?: number
      }
  )

const names: readonly NamedSchedule['name'][] = ['constant', 'linear', 'cosine', 'exponential']

/** Makes the schedule that the settings describe. @throws GankitError for an unknown name, or numbers out of range */
export function createSchedule(settings: ScheduleSettings): Schedule {
  if (typeof settings === 'number') return constant(settings)
  return warmUp(settings.warmUp ?? 0, withoutWarmUp(settings))
}

function withoutWarmUp(settings: NamedSchedule): Schedule {
  switch (settings.name) {
    case 'constant':
      return constant(settings.from)
    case 'linear':
      return linear(settings.from, settings.to, settings.updates)
    case 'cosine':
      return cosine(settings.from, settings.to, settings.updates)
    case 'exponential':
      return exponentialDecay(settings.from, settings.factor, settings.floor)
    default: {
      const { name } = settings as { name: unknown }
      throw new GankitError('trainer', 'option', `schedule is '${name}', expected one of ${names.join(', ')}`)
    }
  }
}
