import type { ScalarValues } from '@gankit/trainer'

/** Readings that are kept; beyond them every second one goes. */
const maxReadings = 600

/** Scalars of steps, one column each. */
export interface Readings {
  readonly steps: Float64Array
  readonly discriminatorLoss: Float64Array
  readonly generatorLoss: Float64Array
  readonly real: Float64Array
  readonly fake: Float64Array
}

/** What a game's scalars were, at steps that are a multiple of a number that grows with the game. */
export class History {
  /** A step is read where it is a multiple of it. */
  every = 1
  private rows: number[][] = []

  isDue(step: number): boolean {
    return step % this.every === 0
  }

  add(step: number, values: ScalarValues): void {
    this.rows.push([
      step,
      values['discriminator/loss'] ?? Number.NaN,
      values['generator/loss'] ?? Number.NaN,
      values['discriminator/real'] ?? Number.NaN,
      values['discriminator/fake'] ?? Number.NaN,
    ])
    if (this.rows.length < maxReadings) return
    this.every *= 2
    this.rows = this.rows.filter(([step]) => this.isDue(step!))
  }

  readings(): Readings {
    const column = (at: number) => Float64Array.from(this.rows, row => row[at]!)
    return {
      steps: column(0),
      discriminatorLoss: column(1),
      generatorLoss: column(2),
      real: column(3),
      fake: column(4),
    }
  }
}
