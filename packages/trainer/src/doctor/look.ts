import type { Training } from '../training.ts'
import { generatorCollapsed, type Spread, spreadOf } from './generator-collapsed.ts'
import { memorising, type Neighbourhood, neighbourhoodOf } from './memorising.ts'
import type { DoctorSettings, FindingName } from './options.ts'
import { drawFakes, drawReal, type RealSamples } from './samples.ts'
import type { Symptom } from './symptom.ts'

/** What is measured of the real samples, once. */
interface Real {
  /** How many samples are compared, fakes and real ones alike. */
  readonly count: number
  readonly spread: Spread
  readonly neighbourhood: Neighbourhood | undefined
}

/** Compared with fewer, a spread is mostly chance. */
const fewest = 16

/** Looks at fakes beside real samples. */
export class Look {
  private known: Real | undefined
  private readonly real: RealSamples
  private readonly settings: DoctorSettings

  constructor(real: RealSamples, settings: DoctorSettings) {
    this.real = real
    this.settings = settings
  }

  /** What the checks that are asked for find in fakes of now. @throws GankitError for real samples of another shape */
  async at(trainer: Training): Promise<ReadonlyMap<FindingName, Symptom | undefined>> {
    const { checks, seed } = this.settings
    this.known ??= await this.measure(trainer)
    const { count, spread, neighbourhood } = this.known
    const found = new Map<FindingName, Symptom | undefined>()
    if (count < fewest) return found
    const fakes = await drawFakes(trainer, count, seed)
    // A network that is lost is not looked at: the guard or the gradients say so.
    if (!fakes.every(Number.isFinite)) return found
    if (checks.includes('generator-collapsed'))
      found.set('generator-collapsed', generatorCollapsed(spreadOf(fakes, count), spread))
    if (neighbourhood) found.set('memorising', memorising(fakes, neighbourhood))
    return found
  }

  private async measure({ gan }: Training): Promise<Real> {
    const { checks, keep, seed } = this.settings
    const samples = await drawReal(this.real, gan, keep, seed)
    const size = gan.sampleShape.reduce((product, one) => product * one, 1)
    const count = Math.min(this.settings.count, samples.length / size)
    return {
      count,
      spread: spreadOf(samples.subarray(0, count * size), count),
      neighbourhood: checks.includes('memorising') ? neighbourhoodOf(samples, size, count) : undefined,
    }
  }
}
