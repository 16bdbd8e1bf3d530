import type { ScalarValues } from '@gankit/trainer'
import type { Measures } from './measure.ts'

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

/** Divergences at the steps at which pictures were taken. */
export interface MeasuredReadings {
  readonly steps: Float64Array
  readonly kl: Float64Array
  readonly js: Float64Array
}

/** What a game's scalars were, at steps that are a multiple of a number that grows with the game. */
export class History {
  /** A step is read where it is a multiple of it. */
  every = 1
  private rows: number[][] = []
  private measured: number[][] = []

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

  /** Keeps the divergences of a step; a step that is looked at again is measured once. */
  measure(step: number, { divergences }: Measures): void {
    if (!divergences || this.measured.at(-1)?.[0] === step) return
    this.measured.push([step, divergences.kl.value, divergences.js.value])
    if (this.measured.length >= maxReadings) this.measured = this.measured.filter((_, i) => i % 2 === 0)
  }

  readings(): Readings {
    const [steps, discriminatorLoss, generatorLoss, real, fake] = columnsOf(this.rows, 5)
    return {
      steps: steps!,
      discriminatorLoss: discriminatorLoss!,
      generatorLoss: generatorLoss!,
      real: real!,
      fake: fake!,
    }
  }

  measuredReadings(): MeasuredReadings {
    const [steps, kl, js] = columnsOf(this.measured, 3)
    return { steps: steps!, kl: kl!, js: js! }
  }
}

function columnsOf(rows: readonly (readonly number[])[], count: number): Float64Array[] {
  return Array.from({ length: count }, (_, at) => Float64Array.from(rows, row => row[at]!))
}
