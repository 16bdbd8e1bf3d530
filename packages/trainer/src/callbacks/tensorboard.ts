import { checkWhole } from '../check-whole.ts'
import type { Callback, RunContext, StepValues } from '../events.ts'
import { eventRecord, type SummaryValue } from '../tensorboard/event.ts'
import { pngChannels } from '../tensorboard/png-channels.ts'
import { Rate } from '../tensorboard/rate.ts'
import { scalarsOf } from '../tensorboard/scalars.ts'
import { weightHistograms } from '../tensorboard/weight-histograms.ts'

/** A picture of a run, as a PNG file. */
export interface TensorBoardImage {
  readonly png: Uint8Array
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** What it is shown under. Default 'samples'. */
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
 * Writes what TensorBoard shows: losses, D(x), gradients and images/s as curves, a histogram of every trainable weight,
 * pictures, and findings and warnings as text. Each at its steps and at the end of a run; histograms and pictures also
 * before the first step. Where a run goes on from an earlier step, resumed or rolled back, TensorBoard is told to
 * forget what came after that step. What `write` or `draw` throws ends the run.
 * @throws GankitError for an option out of range; in a run, for a picture that is no PNG
 */
export function tensorboard(options: TensorBoardOptions): Callback {
  const { write, every = 50, histogramEvery = 10 * every, images, now = Date.now } = options
  checkWhole('every', every, 1)
  checkWhole('histogramEvery', histogramEvery, 0)
  if (images) checkWhole('images.every', images.every, 1)
  const time = () => now() / 1000
  const rate = new Rate()
  let begun = false

  const show = async (step: number, values: readonly SummaryValue[]) => {
    if (values.length > 0) await write(eventRecord({ type: 'values', wallTime: time(), step, values }))
  }
  /** TensorBoard forgets the step of a start event too, and the state at `step` is one that holds. */
  const goOnBehind = async (step: number) =>
    write(eventRecord({ type: 'start', wallTime: time(), step: step + 1 }))

  const picturesOf = async (step: number, isDue: (every: number) => boolean, run: RunContext) => {
    const values: SummaryValue[] = []
    if (histogramEvery > 0 && isDue(histogramEvery)) values.push(...(await weightHistograms(run.trainer.gan)))
    if (images && isDue(images.every)) {
      const { tag = 'samples', ...image } = await images.draw(step, run)
      values.push({ tag, image: { ...image, channels: pngChannels(image.png) } })
    }
    return values
  }
  const figuresOf = (values: StepValues, at: { images: number; seconds: number }) =>
    scalarsOf(values, rate.since(at))

  return async (event, run) => {
    const { type, step } = event
    if (!begun) {
      begun = true
      await write(eventRecord({ type: 'version', wallTime: time(), step: 0 }))
    }
    if (type === 'start') {
      rate.forget()
      if (step > 0) await goOnBehind(step)
      else await show(step, await picturesOf(step, () => true, run))
    }
    if (type === 'rollback') {
      rate.forget()
      await goOnBehind(event.to)
    }
    if (type === 'step') {
      rate.begin(event)
      const figures = step % every === 0 ? figuresOf(await event.read(), event) : []
      await show(step, [...figures, ...(await picturesOf(step, n => step % n === 0, run))])
    }
    // A run that failed is back at a state that was shown; one that took no step has nothing new.
    if (type === 'end' && event.reason !== 'failed' && event.trained > 0) {
      const figures = event.values && step % every > 0 ? figuresOf(event.values, event) : []
      await show(step, [...figures, ...(await picturesOf(step, n => step % n > 0, run))])
    }
    if (type === 'figures')
      await show(
        step,
        Object.entries(event.figures).map(([name, { value }]) => ({ tag: `figures/${name}`, scalar: value })),
      )
    if (type === 'finding')
      await show(step, [{ tag: `finding/${event.name}`, text: `${event.evidence}\n\n${event.advice}` }])
    if (type === 'warning') await show(step, [{ tag: 'warning', text: event.message }])
  }
}
