import { GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import type { ScalarValues } from './events.ts'
import { findNonFinite, type NonFinite } from './guard.ts'

/** The scalars of one step, on the backend until somebody wants to see them. */
export class ScalarReading {
  private readonly scalars: ReadonlyMap<string, tf.Scalar>
  /** Every scalar that the game names, also those of players that were not updated. */
  private readonly names: readonly string[]
  private readonly reads = new Map<string, Promise<number>>()
  private result: Promise<ScalarValues> | undefined
  private disposed = false

  constructor(scalars: ReadonlyMap<string, tf.Scalar>, names: readonly string[]) {
    this.scalars = scalars
    this.names = [...new Set([...names, ...scalars.keys()])]
  }

  /** Reads all of them back, once. @throws GankitError after the step's tensors are gone */
  values(): Promise<ScalarValues> {
    if (this.disposed && !this.result)
      throw new GankitError(
        'trainer',
        'state',
        'a step was read after the next one: call read() before going on',
      )
    this.result ??= this.read()
    return this.result
  }

  /** Which of these players' losses or gradients is not finite, if any. Begins to read at once. */
  findNonFinite(players: readonly string[]): Promise<NonFinite | undefined> {
    return findNonFinite(players, async name => (this.scalars.has(name) ? this.one(name) : undefined))
  }

  /** Each scalar is read once: a backend may take a second reading under way for the end of the first one's memory. */
  private one(name: string): Promise<number> {
    const read = async () => (await this.scalars.get(name)?.data())?.[0] ?? Number.NaN
    const known = this.reads.get(name) ?? read()
    this.reads.set(name, known)
    return known
  }

  private async read(): Promise<ScalarValues> {
    const values: Record<string, number> = {}
    for (const name of this.names) values[name] = await this.one(name)
    return values
  }

  dispose(): void {
    if (this.disposed) return
    this.disposed = true
    for (const scalar of this.scalars.values()) scalar.dispose()
  }
}
