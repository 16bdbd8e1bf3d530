import { GankitError } from '@gankit/core'
import { checkWhole } from '../check-whole.ts'
import type { BestSoFar } from '../checkpoint/state.ts'
import { type Drawn, drawSamples } from '../draw.ts'
import type { Callback, MeasuredFigure, RunContext } from '../events.ts'

export interface FiguresOptions {
  /** Steps between two measurements, a whole number from 1. */
  readonly every: number
  /** Measures fakes; `quickMetrics` of @gankit/metrics gives such a function. */
  readonly measure: (drawn: Drawn, step: number) => Promise<Readonly<Record<string, MeasuredFigure>>>
  /** Fakes that are measured, a whole number from 2. Default 1,000. */
  readonly count?: number
  /** Seed of their latents, which are the same each time. Default 0. */
  readonly seed?: number
  /** The greatest share of the run's time that goes into it, above 0 and up to 1. Default 0.2. */
  readonly budget?: number
  /** The figure that says which generator is the best. Default: the first one measured. */
  readonly best?: string
  /** The best so far of a run that goes on. */
  readonly from?: BestSoFar
  /** Called when the generator is better than ever before, while its moving average, if it has one, is in its place. */
  readonly keep?: (best: BestSoFar, run: RunContext) => void | Promise<void>
}

/** The callback, and what it found: hand `best` to `checkpoints`. */
export interface Figures {
  readonly callback: Callback
  best(): BestSoFar | undefined
}

/**
 * Measures how good the generator is every so many steps and at the end, and tells it as an event. A measurement is
 * left out while those before it took more than their share of the time; one that fails is a warning. Neither changes
 * what is trained.
 * @throws GankitError for options out of range; in a run, where `best` is not among what is measured
 */
export function figures(options: FiguresOptions): Figures {
  const { every, measure, count = 1000, seed = 0, budget = 0.2, keep } = options
  checkWhole('every', every, 1)
  checkWhole('count', count, 2)
  if (!(budget > 0 && budget <= 1))
    throw new GankitError('trainer', 'option', `budget is ${budget}, expected a number above 0 and up to 1`)
  let best = options.from
  let [last, spent, began] = [-1, 0, performance.now()]

  async function look(step: number, run: RunContext): Promise<void> {
    const { generator, latent } = run.trainer.gan
    const drawn = await drawSamples(generator, latent, count, seed)
    let measured: Readonly<Record<string, MeasuredFigure>>
    try {
      measured = await measure(drawn, step)
    } catch (error) {
      run.tell({ type: 'warning', step, message: `not measured: ${(error as Error).message}` })
      return
    }
    const metric = options.best ?? Object.keys(measured)[0]
    const figure = metric === undefined ? undefined : measured[metric]
    if (options.best !== undefined && !figure)
      throw new GankitError(
        'trainer',
        'option',
        `best is '${metric}', expected one of what is measured: ${Object.keys(measured).join(', ')}`,
      )
    if (figure && isBetter(figure, metric!, best)) {
      best = { metric: metric!, value: figure.value, step }
      await keep?.(best, run)
    }
    run.tell({ type: 'figures', step, figures: measured, ...(best && { best }) })
  }

  const callback: Callback = async ({ type, step }, run) => {
    if (type === 'start') [last, spent, began] = [-1, 0, performance.now()]
    const asked = type === 'step' ? step % every === 0 : type === 'end' && step > 0
    if (!asked || step === last) return
    const begun = performance.now()
    // What the first one costs isn't known before.
    if (type === 'step' && spent > budget * (begun - began)) return
    last = step
    const { average } = run.trainer
    await (average ? average.during(() => look(step, run)) : look(step, run))
    spent += performance.now() - begun
  }
  return { callback, best: () => best }
}

function isBetter({ value, better }: MeasuredFigure, metric: string, best: BestSoFar | undefined): boolean {
  if (!Number.isFinite(value)) return false
  if (best?.metric !== metric) return true
  return better === 'less' ? value < best.value : value > best.value
}
