import { discriminatorWon } from '../doctor/discriminator-won.ts'
import { Episodes } from '../doctor/episodes.ts'
import { explodingGradients, notFinite } from '../doctor/exploding-gradients.ts'
import { leastLoss } from '../doctor/least-loss.ts'
import { Look } from '../doctor/look.ts'
import {
  type DoctorOptions,
  type DoctorSettings,
  doctorSettings,
  type FindingName,
} from '../doctor/options.ts'
import { oscillation } from '../doctor/oscillation.ts'
import { PastItsBest } from '../doctor/past-its-best.ts'
import { Readings } from '../doctor/readings.ts'
import type { Symptom } from '../doctor/symptom.ts'
import type { Callback, RunContext } from '../events.ts'

/** Steps through which D must have won, where readings are that dense. */
const wonFor = 300

/**
 * Names the failures of a GAN as they begin, each as a finding: what was measured, and what to try. A finding is told
 * once, and again only after it has been gone for a while. The networks, their statistics and the batches stay as they
 * are.
 * @throws GankitError for options out of range; in a run, for real samples of another shape
 */
export function doctor(options: DoctorOptions = {}): Callback {
  const settings = doctorSettings(options)
  const { every, lookEvery, warmUp, quiet, checks, real, objective } = settings
  const looks = checks.includes('generator-collapsed') || checks.includes('memorising')
  const look = real && looks && lookEvery > 0 ? new Look(real, settings) : undefined
  let readings = new Readings()
  let episodes = new Episodes()
  let quality = new PastItsBest()
  let least: Promise<number> | undefined

  const tell = (run: RunContext, step: number, interval: number, name: FindingName, symptom?: Symptom) => {
    if (!symptom || !checks.includes(name)) return
    // A failure that is there at each look must not seem new at each.
    if (episodes.begins(name, step, Math.max(quiet, 2 * interval)))
      run.tell({ type: 'finding', step, name, ...symptom })
  }

  return async (event, run) => {
    const { type, step } = event
    if (type === 'start') {
      readings = new Readings()
      episodes = new Episodes()
      quality = new PastItsBest()
    }
    if (type === 'figures') tell(run, step, every, 'past-its-best', quality.at(event))
    if (type === 'rollback') {
      readings.backTo(event.to)
      tell(run, step, every, 'exploding-gradients', notFinite(event))
    }
    if (type !== 'step') return
    if (step % every === 0) {
      readings.add(step, await event.read())
      least ??= objective ? leastLoss(objective) : Promise.resolve(0)
      if (step > warmUp)
        for (const [name, symptom] of judge(readings, settings, await least))
          tell(run, step, every, name, symptom)
    }
    if (look && step % lookEvery === 0 && step > warmUp)
      for (const [name, symptom] of await look.at(run.trainer)) tell(run, step, lookEvery, name, symptom)
  }
}

function judge(
  readings: Readings,
  { every, warmUp, objective }: DoctorSettings,
  least: number,
): [FindingName, Symptom | undefined][] {
  const judged = { ...(objective && { objective }) }
  const warm = readings.after(warmUp)
  const window = Math.min(Math.max(6, Math.ceil(wonFor / every)), 60)
  return [
    ['discriminator-won', discriminatorWon(warm, { ...judged, least, window })],
    ['oscillation', oscillation(warm, judged)],
    // What a gradient was at first says what it should be.
    ['exploding-gradients', explodingGradients(readings.all)],
  ]
}
