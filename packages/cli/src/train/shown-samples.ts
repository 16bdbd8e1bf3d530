import { GankitError } from '@gankit/core'
import type { App, RunConfig, RunSamples } from '@gankit/experiment'
import type { PairMeasures } from '../pairs/measure.ts'

/** The samples of a run that are shown and measured, where some are by a segmenter. */
export interface ShownSamples extends RunSamples {
  readonly measures?: PairMeasures
}

/**
 * The same with a segmenter for the metrics that need one; these are left out where none is there that knows the pictures.
 * @throws GankitError where the best generator is to be chosen by a metric that is left out
 */
export async function addSegmenter(
  app: App,
  shown: RunSamples,
  { training }: Pick<RunConfig, 'training'>,
): Promise<ShownSamples> {
  const { measures: all, from, like } = shown
  if (!all || !from || !like || training.evaluateEvery === undefined) return shown
  const { chooseSegmenter } = await import('../pairs/choose-segmenter.ts')
  const { measures, skipped } = await chooseSegmenter(all, app.streams && app.samples?.segmenter, {
    data: like.config.data,
    sampleShape: like.dataset.sampleShape,
    inputOptions: from.config.dataOptions,
  })
  const { bestBy } = training
  if (bestBy !== undefined && bestBy in skipped)
    throw new GankitError(
      'cli',
      'option',
      `--best-by is '${bestBy}', and ${app.name} can't measure it here, expected one of ${measures.measures.join(', ')}: no segmenter knows the pictures of ${like.config.data}`,
    )
  return { ...shown, measures }
}
