import {
  checkInteger,
  describeScalar,
  GankitError,
  type ScalarDescription,
  trainableWeights,
} from '@gankit/core'
import type { Networks } from '../game/game.ts'
import type { Callback, RunContext, ScalarValues } from '../run/events.ts'
import { eventRecord, type SummaryValue } from './event.ts'
import { computeHistogram } from './histogram.ts'

/** A picture of a run, as a PNG file. */
export interface TensorBoardImage {
  readonly png: Uint8Array
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** The name it is shown under. Default 'samples'. */
  readonly tag?: string
}

export interface TensorBoardOptions {
  /** Appends one whole record to an event file; `eventFileWriter(folder).write` of @gankit/trainer/node fits. */
  readonly write: (bytes: Uint8Array) => void | Promise<void>
  /** Steps between two points of a curve, a whole number from 1. Default 50. */
  readonly every?: number
  /** Steps between two histograms of each weight, a whole number from 0: none. Default: ten times `every`. */
  readonly histogramEvery?: number
  /** Default: no pictures. */
  readonly images?: {
    /** Steps between two pictures, a whole number from 1. */
    readonly every: number
    readonly draw: (step: number, run: RunContext) => Promise<TensorBoardImage>
  }
  /** The time in milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number
}

/**
 * Writes event files for TensorBoard: the game's scalars and samples a second as curves, a histogram of every trainable
 * weight, pictures, and findings and warnings as text. Each at its steps and at the end of a run; histograms and pictures
 * also before the first step. Where a run goes on from an earlier step, resumed or rolled back, a start event makes TensorBoard
 * forget what came after that step. An error of `write` or `draw` ends the run.
 * @throws GankitError for an option out of range; in a run, for a picture that is no PNG
 */
export function tensorboard(options: TensorBoardOptions): Callback {
  const { write, every = 50, histogramEvery = 10 * every, images, now = Date.now } = options
  checkInteger('trainer', 'every', every, 1)
  checkInteger('trainer', 'histogramEvery', histogramEvery, 0)
  if (images) checkInteger('trainer', 'images.every', images.every, 1)
  const time = () => now() / 1000
  const speed = new SamplesPerSecond()
  let begun = false
  let descriptions: readonly ScalarDescription[] = []

  const show = async (step: number, values: readonly SummaryValue[]) => {
    if (values.length > 0) await write(eventRecord({ type: 'values', wallTime: time(), step, values }))
  }
  /** TensorBoard forgets the step of a start event too, and the state at `step` is one that holds. */
  const restartAfter = async (step: number) =>
    write(eventRecord({ type: 'start', wallTime: time(), step: step + 1 }))

  const drawPictures = async (step: number, isDue: (every: number) => boolean, run: RunContext) => {
    const values: SummaryValue[] = []
    if (histogramEvery > 0 && isDue(histogramEvery))
      values.push(...(await weightHistograms(run.trainer.game.networks)))
    if (images && isDue(images.every)) {
      const { tag = 'samples', ...image } = await images.draw(step, run)
      values.push({ tag, image: { ...image, channels: pngChannels(image.png) } })
    }
    return values
  }
  const tagScalars = (values: ScalarValues, at: { samplesSeen: number; seconds: number }) =>
    summarizeScalars(values, descriptions, speed.since(at))

  return async (event, run) => {
    const { type, step } = event
    if (!begun) {
      begun = true
      await write(eventRecord({ type: 'version', wallTime: time(), step: 0 }))
    }
    if (type === 'start') {
      descriptions = event.scalars
      speed.forget()
      if (step > 0) await restartAfter(step)
      else await show(step, await drawPictures(step, () => true, run))
    }
    if (type === 'rollback') {
      speed.forget()
      await restartAfter(event.to)
    }
    if (type === 'step') {
      speed.begin(event)
      const scalars = step % every === 0 ? tagScalars(await event.read(), event) : []
      await show(step, [...scalars, ...(await drawPictures(step, n => step % n === 0, run))])
    }
    // A run that failed is back at a state that was shown; one that took no step has nothing new.
    if (type === 'end' && event.reason !== 'failed' && event.trained > 0) {
      const scalars = event.values && step % every > 0 ? tagScalars(event.values, event) : []
      await show(step, [...scalars, ...(await drawPictures(step, n => step % n > 0, run))])
    }
    if (type === 'metrics')
      await show(
        step,
        Object.entries(event.metrics).map(([name, { value }]) => ({ tag: `metrics/${name}`, scalar: value })),
      )
    if (type === 'finding')
      await show(step, [{ tag: `finding/${event.name}`, text: `${event.evidence}\n\n${event.advice}` }])
    if (type === 'warning') await show(step, [{ tag: 'warning', text: event.message }])
  }
}

/** Scalars under '<chart>/<label>', so that TensorBoard groups them by chart. NaN, of a player not updated, is left out. */
function summarizeScalars(
  values: ScalarValues,
  descriptions: readonly ScalarDescription[],
  samplesPerSecond: number,
): SummaryValue[] {
  const described = new Map(descriptions.map(description => [description.name, description]))
  const scalars = Object.entries(values).map(([name, scalar]) => {
    const { chart, label } = described.get(name) ?? describeScalar(name)
    return { tag: `${chart}/${label}`, scalar }
  })
  return [...scalars, { tag: 'speed/samples-per-second', scalar: samplesPerSecond }].filter(
    ({ scalar }) => !Number.isNaN(scalar),
  )
}

/** A histogram of every trainable weight of all networks, each read back once, under '<network>/<weight>'. */
async function weightHistograms(networks: Networks): Promise<SummaryValue[]> {
  const values: SummaryValue[] = []
  for (const [network, model] of Object.entries(networks))
    for (const [name, weight] of trainableWeights(model)) {
      const histogram = computeHistogram(await weight.data<'float32'>())
      if (histogram) values.push({ tag: `${network}/${name}`, histogram })
    }
  return values
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** By PNG's color type; a palette's colors are RGB. */
const channelsOf: Readonly<Record<number, 1 | 2 | 3 | 4>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 }

/**
 * How many channels a PNG file has, as its header says (PNG, third edition, 11.2.1).
 * @throws GankitError when it is no PNG
 */
function pngChannels(png: Uint8Array): 1 | 2 | 3 | 4 {
  // Behind the signature: length and name of IHDR, width, height, bits, then the color type.
  const channels = signature.every((byte, i) => png[i] === byte) ? channelsOf[png[25] ?? -1] : undefined
  if (channels === undefined)
    throw new GankitError('trainer', 'data', `an image of ${png.length} bytes is no PNG, expected a PNG file`)
  return channels
}

/** How far a run is. */
interface Progress {
  readonly samplesSeen: number
  readonly seconds: number
}

/** Samples a second from one reading to the next. */
class SamplesPerSecond {
  private last: Progress | undefined

  /** Counts from here, unless it counts already: the first step of a run compiles and warms up. */
  begin({ samplesSeen, seconds }: Progress): void {
    this.last ??= { samplesSeen, seconds }
  }

  /** Samples a second since the reading before; NaN where there is none. */
  since({ samplesSeen, seconds }: Progress): number {
    const { last } = this
    this.last = { samplesSeen, seconds }
    return last ? (samplesSeen - last.samplesSeen) / (seconds - last.seconds) : Number.NaN
  }

  /** Starts anew: after a rollback samples no longer count from where they did. */
  forget(): void {
    this.last = undefined
  }
}
