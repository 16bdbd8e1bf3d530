import { checkInteger, checkOption, lookUp } from '@gankit/core'
import { drawSamples, type GivenInputs, type Samples } from '@gankit/inference'
import type { BestSoFar } from '../checkpoint/state.ts'
import type { Callback, MetricValue, RunContext } from '../run/events.ts'
import { withAverages } from '../training.ts'
import { findGenerator } from './samples.ts'

export interface EvaluationOptions {
  /** Steps between two measurements, a whole number from 1. */
  readonly every: number
  /** Measures fakes; `quickMetrics` of @gankit/metrics gives such a function. */
  readonly measure: (samples: Samples, step: number) => Promise<Readonly<Record<string, MetricValue>>>
  /** Fakes that are measured, a whole number from 2. Default 1,000. */
  readonly count?: number
  /** Seed of their latents, which are the same each time. Default 0. */
  readonly seed?: number
  /** Which of the game's generators. Default: the first one. */
  readonly generator?: string
  /** Inputs of `count` samples that can't be drawn: images to translate, captions. Default: none. */
  readonly given?: GivenInputs
  /** The greatest share of the run's time that measuring takes, above 0 and up to 1. Default 0.2. */
  readonly budget?: number
  /** The metric that says which generator is the best. Default: the first one measured. */
  readonly best?: string
  /** The best so far of a run that goes on. */
  readonly from?: BestSoFar
  /** Called when the generator is better than ever before, while its moving average, if it has one, is in its place. */
  readonly keep?: (best: BestSoFar, run: RunContext) => void | Promise<void>
}

/** The callback, and the best generator that it found: hand `best` to `checkpoints`. */
export interface Evaluation {
  readonly callback: Callback
  best(): BestSoFar | undefined
}

/**
 * Measures how good a generator is every so many steps and at the end, and emits the metrics as an event. A measurement is
 * left out while those before it took more than their share of the time; one that fails is a warning. Neither changes
 * the training.
 * @throws GankitError for options out of range; in a run, where `best` is not among the metrics
 */
export function evaluation(options: EvaluationOptions): Evaluation {
  const { every, measure, count = 1000, seed = 0, budget = 0.2, keep } = options
  checkInteger('trainer', 'every', every, 1)
  checkInteger('trainer', 'count', count, 2)
  checkOption('trainer', 'budget', budget, budget > 0 && budget <= 1, 'a number above 0 and up to 1')
  let best = options.from
  let [last, spent, began] = [-1, 0, performance.now()]

  async function measureNow(step: number, run: RunContext): Promise<void> {
    const generator = findGenerator(run.trainer, options.generator)
    const samples = await drawSamples(generator, count, seed, options.given)
    let metrics: Readonly<Record<string, MetricValue>>
    try {
      metrics = await measure(samples, step)
    } catch (error) {
      run.emit({ type: 'warning', step, message: `not measured: ${(error as Error).message}` })
      return
    }
    const name = options.best ?? Object.keys(metrics)[0]
    if (name !== undefined) {
      const metric = lookUp('trainer', 'best', name, metrics)
      if (isBetter(metric, name, best)) {
        best = { metric: name, value: metric.value, step }
        await keep?.(best, run)
      }
    }
    run.emit({ type: 'metrics', step, metrics, ...(best && { best }) })
  }

  const callback: Callback = async ({ type, step }, run) => {
    if (type === 'start') [last, spent, began] = [-1, 0, performance.now()]
    const due = type === 'step' ? step % every === 0 : type === 'end' && step > 0
    if (!due || step === last) return
    const begun = performance.now()
    // The cost of the first measurement isn't known before.
    if (type === 'step' && spent > budget * (begun - began)) return
    last = step
    await withAverages(run.trainer, () => measureNow(step, run))
    spent += performance.now() - begun
  }
  return { callback, best: () => best }
}

function isBetter({ value, better }: MetricValue, metric: string, best: BestSoFar | undefined): boolean {
  if (!Number.isFinite(value)) return false
  if (best?.metric !== metric) return true
  return better === 'less' ? value < best.value : value > best.value
}
