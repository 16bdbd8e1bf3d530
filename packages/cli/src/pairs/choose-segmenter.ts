import { conditionShape, GankitError } from '@gankit/core'
import { type DataOptions, parseSpec } from '@gankit/datasets/node'
import type { ShownSamples } from '@gankit/experiment'
import { hasApp, loadApp, openApp, readRunConfig } from '@gankit/experiment/node'
import { pairedMetrics } from '@gankit/metrics'
import { findGenerator } from '../generator/find.ts'
import { resolveSource } from '../generator/named.ts'
import type { PairMeasures } from './measure.ts'
import { type Segmenter, withSegmenter } from './segmenter.ts'

/** The metrics of an app that can be measured, and what is missing for the others. */
export interface ChosenMeasures {
  readonly measures: PairMeasures
  /** Why these metrics are left out, by their names. */
  readonly skipped: Readonly<Record<string, string>>
}

/** What says whether a segmenter knows the pictures. */
export interface SegmentedData {
  /** The spec of the targets. */
  readonly data: string
  readonly sampleShape: readonly number[]
  /** Options of the inputs' data. */
  readonly inputOptions: DataOptions
}

/**
 * Finds the segmenter for metrics that need one: the one that is named, else the app's own where it knows the data.
 * @param named what was typed behind `--segmenter`
 * @throws GankitError where the one that is named is none, or takes other pictures
 */
export async function chooseSegmenter(
  measures: PairMeasures,
  usual: ShownSamples<string>['segmenter'],
  targets: SegmentedData,
  named?: string,
): Promise<ChosenMeasures> {
  const needing = measures.measures.filter(name => pairedMetrics[name]?.needsLabels)
  if (needing.length === 0) return { measures, skipped: {} }
  const knows = usual && parseSpec(targets.data).kind === usual.data && hasApp(usual.app)
  const source = named ?? (knows ? usual.app : undefined)
  const segmenter =
    source === undefined ? undefined : await findSegmenter(source, targets, named !== undefined)
  if (segmenter) return { measures: { ...measures, segmenter }, skipped: {} }
  const why = `no segmenter knows the pictures of ${targets.data} at ${targets.sampleShape.join('×')}: name one with --segmenter RUN`
  return {
    measures: { ...measures, measures: measures.measures.filter(name => !needing.includes(name)) },
    skipped: Object.fromEntries(needing.map(name => [name, why])),
  }
}

/** @returns undefined where it takes other pictures, and nobody asked for it */
async function findSegmenter(
  name: string,
  { sampleShape, inputOptions }: SegmentedData,
  isNamed: boolean,
): Promise<Segmenter | undefined> {
  const labelMaker = await findLabelMaker(name)
  const segmenter = { ...labelMaker, inputsAreLabels: inputOptions.drawing === 'labels' }
  const takes = await withSegmenter(
    segmenter,
    async ({ condition }) => condition && conditionShape(condition),
  )
  if (String(takes) === String(sampleShape)) return segmenter
  if (!isNamed) return undefined
  throw createRefusal(
    name,
    `which takes pictures of ${takes?.join('×')}, and these are ${sampleShape.join('×')}`,
    'one that was trained with pictures of this size',
  )
}

/**
 * Finds what makes label maps, by what was typed behind `--segmenter`; no data have to be there yet.
 * @throws GankitError where it makes none
 */
export async function findLabelMaker(name: string): Promise<Omit<Segmenter, 'inputsAreLabels'>> {
  const source = await resolveSource(name)
  const from = await findGenerator(source)
  const config = from?.kind === 'run' ? await readRunConfig(source) : undefined
  const app = config ? await loadApp(config.app) : from?.kind === 'app' ? await openApp(source) : undefined
  const palette = app?.streams && app.samples?.palette
  if (!from || !palette)
    throw createRefusal(
      name,
      'which makes no label maps',
      'a run or an app whose outputs are labels, such as segmentation',
    )
  return { source, from, palette }
}

function createRefusal(name: string, got: string, expected: string): GankitError {
  return new GankitError('cli', 'option', `--segmenter is '${name}', ${got}, expected ${expected}`)
}
