/** A number that may change with the updates of an optimizer, counted from 0. */
export type Schedule = number | ((update: number) => number)

/** The value of a schedule at an update. */
export function at(schedule: Schedule, update: number): number {
  return typeof schedule === 'number' ? schedule : schedule(update)
}

/** From one value to another in a straight line over so many updates, and constant from then on. */
export function linear(from: number, to: number, updates: number): Schedule {
  return update => from + (to - from) * Math.min(1, update / updates)
}

/** Divided by `factor` at every update, never below `floor`. */
export function exponentialDecay(from: number, factor: number, floor = 0): Schedule {
  return update => Math.max(floor, from / factor ** update)
}
