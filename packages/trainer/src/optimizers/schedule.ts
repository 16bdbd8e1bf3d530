import { checkInteger, GankitError } from '@gankit/core'

/** A number that may change with the updates of an optimizer, counted from 0. */
export type Schedule = number | ((update: number) => number)

/** The value of a schedule at an update. */
export function scheduledValue(schedule: Schedule, update: number): number {
  return typeof schedule === 'number' ? schedule : schedule(update)
}

/** The same value at every update. @throws GankitError unless it is a finite number from 0 */
export function constant(value: number): Schedule {
  checkRange('schedule', value, 0)
  return value
}

/**
 * From one value to another in a straight line over so many updates, and constant from then on.
 * @throws GankitError unless the values are finite numbers from 0 and `updates` a whole number from 1
 */
export function linear(from: number, to: number, updates: number): Schedule {
  checkSpan('linear', from, to, updates)
  return update => from + (to - from) * Math.min(1, update / updates)
}

/**
 * From one value to another along half a cosine over so many updates, and constant from then on: the annealing of
 * Loshchilov and Hutter 2017 (arXiv 1608.03983, equation 5), without restarts.
 * @throws GankitError unless the values are finite numbers from 0 and `updates` a whole number from 1
 */
export function cosine(from: number, to: number, updates: number): Schedule {
  checkSpan('cosine', from, to, updates)
  return update => to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, update / updates)))) / 2
}

/**
 * Divided by `factor` at every update, never below `floor`.
 * @throws GankitError unless `from` is a finite number from 0, `factor` one from 1 and `floor` one from 0 to `from`
 */
export function exponentialDecay(from: number, factor: number, floor = 0): Schedule {
  checkRange('schedule exponential: from', from, 0)
  checkRange('schedule exponential: factor', factor, 1)
  checkRange('schedule exponential: floor', floor, 0, from)
  return update => Math.max(floor, from / factor ** update)
}

/**
 * A schedule whose first updates are lowered: its value times a factor that rises in a straight line from 0 at the first
 * update to 1 after `updates` (gradual warm-up, Goyal et al. 2017, arXiv 1706.02677, section 2.2). The schedule itself
 * runs from the first update on.
 * @param updates 0 for no warm-up
 * @throws GankitError unless `updates` is a whole number from 0
 */
export function warmUp(updates: number, schedule: Schedule): Schedule {
  checkInteger('trainer', 'schedule: warmUp', updates, 0)
  if (updates === 0) return schedule
  return update => scheduledValue(schedule, update) * Math.min(1, update / updates)
}

function checkSpan(name: string, from: number, to: number, updates: number): void {
  checkRange(`schedule ${name}: from`, from, 0)
  checkRange(`schedule ${name}: to`, to, 0)
  checkInteger('trainer', `schedule ${name}: updates`, updates, 1)
}

function checkRange(name: string, value: number, least: number, most = Number.MAX_VALUE): void {
  if (value >= least && value <= most) return
  const end = most === Number.MAX_VALUE ? '' : ` to ${most}`
  throw new GankitError(
    'trainer',
    'option',
    `${name} is ${value}, expected a finite number from ${least}${end}`,
  )
}
