import { type Dataset, GankitError } from '@gankit/core'
import { parseSpec } from '@gankit/datasets/node'
import { type DataOptions, dataOptions } from '@gankit/datasets/options'
import {
  checkPairs,
  type PlannedData,
  type StreamConfig,
  type StreamsApp,
  selectMeasures,
  splitDataset,
} from '@gankit/experiment'
import { drawSamples, type SavedGenerator } from '@gankit/inference'
import { metricNames } from '@gankit/metrics'
import { openData } from '../data/open.ts'
import { checkMetrics } from '../evaluate/metrics.ts'
import type { EvaluateFlags } from '../evaluate/reference.ts'
import type { EvaluationResult } from '../evaluate/report.ts'
import { findGenerator, type GeneratorSource, openFound } from '../generator/find.ts'
import { findLearnedFrom } from '../generator/learned-from.ts'
import { formatCount } from '../terminal/format.ts'
import { chooseSegmenter, findLabelMaker } from './choose-segmenter.ts'
import { checkPairMeasures, measureInputs, measureOutputs, type PairMeasures, readPairs } from './measure.ts'

/** A generator that learned from pairs, and what it is measured on. */
export interface PairSource {
  readonly source: string
  readonly from: GeneratorSource
  readonly app: StreamsApp
  readonly measures: PairMeasures
  /** The streams of inputs and targets; what they were, where a run says so. */
  readonly input: PairStream
  readonly target: PairStream
  /** Whether training read none of these pairs; else the test's part is taken. */
  readonly isUnseen: boolean
}

interface PairStream extends PlannedData {
  readonly name: string
  readonly dataset?: StreamConfig['dataset']
}

/** Flags of `gankit evaluate` that mean nothing where outputs are measured beside their targets. */
const otherFlags = [
  'against',
  'extractor',
  'layer',
  'range',
  'neighbors',
  ...(Object.keys(dataOptions) as (keyof DataOptions)[]),
] as const

/**
 * Finds the pairs of a run or an app that says how its outputs are measured beside targets.
 * @returns undefined for any other source, and where other metrics or other data are asked for
 * @throws GankitError for flags that don't go with pairs
 */
export async function findPairSource(source: string, flags: EvaluateFlags): Promise<PairSource | undefined> {
  const from = await findGenerator(source, flags)
  if (!from) return undefined
  const learned = await findLearnedFrom(source, from)
  if (!learned?.app?.streams || !learned.data.streams) return undefined
  const { app, ends } = learned
  const planned = learned.data.streams
  const counterparts = findCounterparts(app, planned)
  const measures = selectMeasures({
    ...app.samples,
    ...(counterparts && { measures: counterparts.measures }),
  })
  const { from: input, like: target } = ends
  if (!measures || input === undefined || target === undefined) return undefined
  if (flags.metrics?.every(name => !measures.measures.includes(name) && metricNames.includes(name)))
    return undefined
  const given = otherFlags.find(flag => flags[flag] !== undefined)
  if (given !== undefined && counterparts) return undefined
  if (given !== undefined)
    throw new GankitError(
      'cli',
      'option',
      `--${given.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)} is given, and ${source} learned from pairs, whose outputs are measured beside their own targets: leave it out`,
    )
  checkMetrics('--metrics', flags.metrics, measures.measures)
  if (flags.segmenter !== undefined) await findLabelMaker(flags.segmenter)
  const streams = counterparts?.streams ?? planned
  return {
    source,
    from,
    app,
    measures: { ...measures, ...(flags.metrics && { measures: flags.metrics }) },
    input: { name: input, ...streams[input]! },
    target: { name: target, ...streams[target]! },
    isUnseen: counterparts !== undefined,
  }
}

/** The pairs of an app that learns without any, where they are of the kind of data that it learned from. */
function findCounterparts(
  { samples }: StreamsApp,
  planned: Readonly<Record<string, PlannedData>>,
):
  | { readonly measures: readonly string[]; readonly streams: Readonly<Record<string, PlannedData>> }
  | undefined {
  if (!samples?.counterparts) return undefined
  const { data, dataSeed, measures } = samples.counterparts
  const { kind } = parseSpec(data)
  if (Object.values(planned).some(stream => parseSpec(stream.data).kind !== kind)) return undefined
  const streams = Object.entries(planned).map(([name, { dataOptions }]) => [
    name,
    { data, dataOptions: { ...dataOptions, dataSeed } },
  ])
  return { measures, streams: Object.fromEntries(streams) }
}

/** What an evaluation reports to, and is stopped by. */
export interface EvaluationContext {
  readonly stream: NodeJS.WriteStream
  readonly signal: AbortSignal
  report(task: string): void
}

/**
 * Measures a generator on the pairs that were held out for it.
 * @throws GankitError where it saw all pairs, where the data have changed, and where they don't allow a metric
 */
export async function evaluatePairs(
  pairSource: PairSource,
  flags: EvaluateFlags,
  { stream, signal, report }: EvaluationContext,
): Promise<Omit<EvaluationResult, 'backend'>> {
  const { source, from, app, input, target } = pairSource
  const opened: Record<string, Dataset> = {}
  let generator: SavedGenerator | undefined
  try {
    for (const { name, data, dataOptions } of [input, target])
      opened[name] = await openData(data, dataOptions, {
        stream,
        signal,
        name,
        ...(flags.allowSkipped && { allowSkipped: true }),
      })
    checkPairs(app, opened)
    const [inputs, targets] = [input, target].map(each => openTest(pairSource, each, opened[each.name]!))
    const { measures, skipped } = await chooseSegmenter(
      pairSource.measures,
      app.samples?.segmenter,
      {
        data: target.data,
        sampleShape: opened[target.name]!.sampleShape,
        inputOptions: input.dataOptions,
      },
      flags.segmenter,
    )
    const [unmeasured] = Object.entries(skipped).filter(([name]) => flags.metrics?.includes(name))
    if (unmeasured)
      throw new GankitError('cli', 'option', `--metrics names ${unmeasured[0]}, and ${unmeasured[1]}`)
    generator = await openFound(source, from)
    checkPairMeasures(app.name, measures.measures, generator, targets!)
    const wanted = flags.count ?? inputs!.size
    if (wanted > inputs!.size)
      throw new GankitError(
        'cli',
        'option',
        `--count is ${wanted} and ${source} has ${inputs!.size} pairs that were held out for its test, expected at most as many`,
      )
    const pairs = await readPairs(inputs!, targets!, wanted)
    // Without noise every seed gives the same outputs.
    const seeds = Array.from({ length: generator.noise ? flags.seeds : 1 }, (_, i) => flags.seed + i)
    const metrics = await measureOutputs(pairs, {
      measures,
      split: `${target.data}: ${formatCount(pairs.count)} pairs of ${formatCount(opened[target.name]!.size)}, ${pairSource.isUnseen ? 'of which training read none' : 'held out'}`,
      seeds,
      async draw(seed) {
        report(`outputs of ${formatCount(pairs.count)} inputs`)
        const drawn = await drawSamples(generator!, pairs.count, seed, { condition: pairs.inputs })
        return drawn.samples as Float32Array
      },
    })
    const unchanged = await measureInputs(pairs, measures)
    return {
      model: source,
      ...(unchanged && { unchanged }),
      against: `${target.name}: ${target.data}`,
      extractor: null,
      resizing: null,
      count: pairs.count,
      seeds,
      metrics,
      skipped,
      variety: null,
      verdict: null,
    }
  } finally {
    generator?.dispose()
    for (const dataset of Object.values(opened)) await dataset.close?.()
  }
}

/** The pairs of a stream that training never saw, and by which no choice was made. */
function openTest(
  { source, from, isUnseen }: PairSource,
  { name, dataset: was }: PairStream,
  dataset: Dataset,
): Dataset {
  if (isUnseen) return dataset
  const refuse = (got: string, expected: string): never => {
    throw new GankitError('cli', 'data', `${source} ${got}, expected ${expected}`)
  }
  if (was && was.size !== dataset.size)
    refuse(
      `learned from ${was.size} samples of ${name}, and there are ${dataset.size} now`,
      'the same, as the pairs that were held out are found by their numbers: bring the data of the run back',
    )
  const split = splitDataset(name, dataset)
  if (!split || (from.kind === 'run' && was?.heldOut === undefined))
    return refuse(
      `learned from all of its ${dataset.size} pairs`,
      'some that it never saw: train again with 4 pairs or more, of which a tenth is held out',
    )
  return split.test
}
