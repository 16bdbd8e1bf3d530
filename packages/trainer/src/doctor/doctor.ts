import type { Objective, ScalarDescription } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Callback, RunContext } from '../run/events.ts'
import type { Check, Diagnosis, Reading } from './check.ts'
import { checks, type FindingName } from './checks.ts'
import { type DoctorOptions, resolveDoctorOptions } from './options.ts'
import { SampleChecks } from './sample-checks.ts'

/** Readings for as far back as any check looks. */
const maxReadings = 64

/**
 * Names the failures of a GAN as they begin, each as a finding: what was measured, and what to try. A finding is emitted
 * once, and again only after its failure has been gone for a while. The networks, their statistics and the batches stay
 * as they are.
 * @throws GankitError for options out of range; in a run, for real samples of another shape
 */
export function doctor(options: DoctorOptions = {}): Callback {
  const settings = resolveDoctorOptions(options)
  const { every, samplesEvery, warmUp, quiet, real, objective } = settings
  const comparesSamples = settings.checks.some(name => checks[name]().samples)
  const sampleChecks =
    real && comparesSamples && samplesEvery > 0 ? new SampleChecks(real, settings) : undefined
  let patient = new Patient(settings.checks)
  let least: Promise<number> | undefined

  return async (event, run) => {
    const { type, step } = event
    if (type === 'start') patient = new Patient(settings.checks, event.scalars)
    const emit = (interval: number, diagnose: (check: Check) => Diagnosis | undefined) =>
      // A failure that is there at every check must not seem new at each.
      patient.emitFindings(run, step, Math.max(quiet, 2 * interval), diagnose)
    if (type === 'metrics') emit(every, check => check.metrics?.(event))
    if (type === 'rollback') {
      patient.forgetAfter(event.to)
      emit(every, check => check.rollback?.(event))
    }
    if (type !== 'step') return
    if (step % every === 0) {
      patient.add({ step, values: await event.read() })
      least ??= objective ? minimumLoss(objective) : Promise.resolve(0)
      const context = {
        readings: patient.readings.filter(reading => reading.step > warmUp),
        all: patient.readings,
        every,
        scalars: patient.scalars,
        minimumLoss: await least,
        ...(objective && { objective }),
      }
      emit(every, check => check.early?.(context))
      if (step > warmUp) emit(every, check => check.readings?.(context))
    }
    if (sampleChecks && step % samplesEvery === 0 && step > warmUp) {
      const comparison = await sampleChecks.compare(run.trainer)
      if (comparison) emit(samplesEvery, check => check.samples?.(comparison))
    }
  }
}

/** One run as the doctor knows it: readings, fresh checks, and the failures that are under way. */
class Patient {
  readings: readonly Reading[] = []
  readonly scalars: readonly ScalarDescription[]
  private readonly checks: readonly (readonly [name: FindingName, check: Check])[]
  /** The step at which each failure was seen last. */
  private readonly lastSeen = new Map<FindingName, number>()

  constructor(names: readonly FindingName[], scalars: readonly ScalarDescription[] = []) {
    this.scalars = scalars
    this.checks = names.map(name => [name, checks[name]()] as const)
  }

  add(reading: Reading): void {
    this.readings = [...this.readings, reading].slice(-maxReadings)
  }

  /** Forgets readings of steps that were rolled back. */
  forgetAfter(step: number): void {
    this.readings = this.readings.filter(reading => reading.step <= step)
  }

  /** Emits a finding for each failure that begins. @param quiet steps without it after which a failure is a new one */
  emitFindings(
    run: RunContext,
    step: number,
    quiet: number,
    diagnose: (check: Check) => Diagnosis | undefined,
  ): void {
    for (const [name, check] of this.checks) {
      const diagnosis = diagnose(check)
      if (!diagnosis) continue
      const last = this.lastSeen.get(name)
      this.lastSeen.set(name, step)
      if (last === undefined || step - last > quiet) run.emit({ type: 'finding', step, name, ...diagnosis })
    }
  }
}

/** Absolute logits of a D that tells all fakes, from hardly sure to certain. */
const sureLogits = [0.5, 1, 1.5, 2, 2.5, 3, 4, 6, 10, 20]

/**
 * D's loss when D tells all fakes: 0 for most objectives, more where labels are smoothed. The minimum over logits of
 * several sizes, each the same for all samples.
 */
export async function minimumLoss(objective: Pick<Objective, 'discriminator'>): Promise<number> {
  const losses = tf.tidy(() =>
    tf.stack(
      sureLogits.flatMap(real =>
        sureLogits.map(fake => objective.discriminator(tf.fill([1, 1], real), tf.fill([1, 1], -fake))),
      ),
    ),
  )
  try {
    return Math.min(...(await losses.data()))
  } finally {
    losses.dispose()
  }
}
