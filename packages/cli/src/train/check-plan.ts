import { GankitError } from '@gankit/core'
import type { App, OpenStream, PlannedConfig, RunConfig } from '@gankit/experiment'
import type { TrainFlags } from './flags.ts'
import type { ShownSamples } from './shown-samples.ts'

// Whether what a run is to do fits its app and its data, before anything is written.

/** @throws GankitError for a metric to choose by that isn't there, or is never measured */
export async function checkBestBy(
  app: App,
  flags: TrainFlags,
  planned: PlannedConfig | RunConfig,
): Promise<void> {
  const bestBy = flags.bestBy ?? planned.training.bestBy
  if (bestBy === undefined) return
  const { checkMetrics } = await import('../evaluate/metrics.ts')
  checkMetrics('--best-by', [bestBy], app.streams && app.samples?.measures)
  if (flags.bestBy !== undefined && planned.training.evaluateEvery === undefined)
    throw new GankitError(
      'cli',
      'option',
      `--best-by is '${flags.bestBy}', and nothing is measured while it trains, expected --evaluate-every beside it: add that, or leave it out`,
    )
}

/** @throws GankitError for measures that the data of the run have no numbers for */
export async function checkMeasures({ name }: App, shown: ShownSamples): Promise<void> {
  if (!shown.measures) return
  const { checkLabels, checkPairMeasures } = await import('../pairs/measure.ts')
  checkPairMeasures(name, shown.measures.measures, shown.generator, shown.like!.dataset)
  if (shown.measures.palette) await checkLabels(shown.like!.dataset, shown.measures.palette)
}

/** @throws GankitError for changes of images where samples are none */
export function checkAugmentation(
  { augmentation }: RunConfig['training'],
  streams: readonly OpenStream[],
): void {
  const other = streams.find(({ dataset }) => dataset.sampleShape.length !== 3)
  if (!augmentation || !other) return
  throw new GankitError(
    'cli',
    'option',
    `--augment is given, and samples have the shape ${other.dataset.sampleShape.join('×')}, expected images: leave it out`,
  )
}

/**
 * @throws GankitError where the run is to be evaluated, and its app doesn't say which samples are compared with which, or there are
 *   too few pairs to hold some out
 */
export function checkEvaluation(
  { name }: App,
  { training }: RunConfig,
  { canDraw, like, measures }: ShownSamples,
): void {
  if (training.evaluateEvery === undefined) return
  if (measures && !like!.validation)
    throw new GankitError(
      'cli',
      'data',
      `--evaluate-every is ${training.evaluateEvery}, and ${name} has ${like!.dataset.size} pairs, expected at least 4, of which some are held out: bring more, or leave --evaluate-every out`,
    )
  if (canDraw && like) return
  throw new GankitError(
    'cli',
    'option',
    `--evaluate-every is ${training.evaluateEvery}, and ${name} does not say ${canDraw ? 'which stream its samples should be like' : 'what its generator is given'}, expected samples.${canDraw ? 'like' : 'from'} of the app: leave --evaluate-every out`,
  )
}
