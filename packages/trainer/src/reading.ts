import { GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import type { StepValues } from './events.ts'
import { type Trouble, troubleIn } from './guard.ts'

/** The scalars of one step, on the backend until somebody wants to see them. */
export class ScalarReading {
  private readonly scalars: ReadonlyMap<string, tf.Scalar>
  private readonly reads = new Map<string, Promise<number>>()
  private result: Promise<StepValues> | undefined
  private disposed = false

  constructor(scalars: ReadonlyMap<string, tf.Scalar>) {
    this.scalars = scalars
  }

  /** Reads them back, once. @throws GankitError after the step's tensors are gone */
  values(): Promise<StepValues> {
    if (this.disposed && !this.result)
      throw new GankitError(
        'trainer',
        'state',
        'a step was read after the next one: call read() before going on',
      )
    this.result ??= this.read()
    return this.result
  }

  /** What of it is not finite, if anything. Begins to read at once. */
  trouble(): Promise<Trouble | undefined> {
    return troubleIn(this.scalars.keys(), name => this.one(name))
  }

  /** Each scalar is read once: a backend may take a second reading under way for the end of the first one's memory. */
  private one(name: string): Promise<number> {
    const read = async () => (await this.scalars.get(name)?.data())?.[0] ?? Number.NaN
    const known = this.reads.get(name) ?? read()
    this.reads.set(name, known)
    return known
  }

  private async read(): Promise<StepValues> {
    const one = (name: string) => this.one(name)
    return {
      lossD: await one('discriminator/loss'),
      lossG: await one('generator/loss'),
      dReal: await one('discriminator/real'),
      dFake: await one('discriminator/fake'),
      gradientD: await one('discriminator/gradient'),
      gradientG: await one('generator/gradient'),
    }
  }

  dispose(): void {
    if (this.disposed) return
    this.disposed = true
    for (const scalar of this.scalars.values()) scalar.dispose()
  }
}
