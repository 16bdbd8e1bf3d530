import { GankitError } from '@gankit/core'
import { parseSpec } from '@gankit/datasets/node'
import { drawInputs, findCaptions, type SavedGenerator } from '@gankit/inference'
import {
  type CachedReference,
  computeReference,
  type Evaluation,
  type Extractor,
  evaluate,
  extractFeatures,
  judgeMetrics,
  perceptualPathLength,
} from '@gankit/metrics'
import { fileReferenceStore } from '@gankit/metrics/node'
import { selectBackend } from '@gankit/runtime/node'
import { resolveSource } from '../generator/named.ts'
import { type EvaluationContext, evaluatePairs, findPairSource } from '../pairs/evaluate.ts'
import { formatJson } from '../terminal/filter.ts'
import { formatCount } from '../terminal/format.ts'
import { checkImages } from '../terminal/pictures.ts'
import { progressLine } from '../terminal/progress-line.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { openCaptionMatcher } from './caption-matcher.ts'
import { measureCaptions } from './captions.ts'
import { measureAccuracy } from './condition-accuracy.ts'
import { checkExtractorFlags, chooseExtractor, openExtractor } from './extractor.ts'
import { captionMetrics, checkMetrics, conditionAccuracy } from './metrics.ts'
import { drawNeighbors } from './neighbors.ts'
import { type Compared, closeCompared, type EvaluateFlags, openCompared } from './reference.ts'
import { type EvaluationResult, formatEvaluation } from './report.ts'
import { drawImages, type EvaluationTarget } from './target.ts'
import { measureVariety } from './variety.ts'

/** The least number of samples that metrics are measured on. */
const minSamples = 4
/** Fakes, and real samples of each half, unless `--count` says otherwise. */
const maxDefaultCount = 5000

/** Evaluates, and prints the metrics. @throws GankitError for bad input */
export async function printEvaluation(
  source: string,
  flags: EvaluateFlags,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const result = await runEvaluation(source, flags, terminal, signal)
  terminal.out.write(flags.json ? formatJson(result) : formatEvaluation(result))
  if (flags.neighbors !== undefined) terminal.progress.write(`Neighbors ${flags.neighbors}\n`)
}

/** Evaluates a generator or pictures. @throws GankitError for whatever is wrong with the flags or the samples */
export async function runEvaluation(
  name: string,
  flags: EvaluateFlags,
  { progress }: Terminal,
  signal: AbortSignal,
): Promise<EvaluationResult> {
  checkExtractorFlags(flags)
  const source = await resolveSource(name)
  const pairs = await findPairSource(source, flags)
  if (!pairs) {
    checkMetrics('--metrics', flags.metrics)
    if (flags.segmenter !== undefined)
      throw new GankitError(
        'cli',
        'option',
        `--segmenter is '${flags.segmenter}', and ${source} is not measured beside targets of its own: leave it out`,
      )
  }
  const { backend } = await selectBackend(flags)
  const line = progressLine(progress, true)
  const report = (task: string) => {
    signal.throwIfAborted()
    line.show(`Measures ${task}`)
  }
  try {
    const result = pairs
      ? await evaluatePairs(pairs, flags, { stream: progress, signal, report })
      : await evaluateSamples(source, flags, { stream: progress, signal, report })
    return { ...result, backend }
  } finally {
    line.end()
  }
}

/** Measures samples beside real ones. */
async function evaluateSamples(
  source: string,
  flags: EvaluateFlags,
  { stream, signal, report }: EvaluationContext,
): Promise<Omit<EvaluationResult, 'backend'>> {
  const compared = await openCompared(source, flags, stream, signal)
  try {
    return await measure(source, flags, compared, report)
  } finally {
    await closeCompared(compared)
  }
}

async function measure(
  source: string,
  flags: EvaluateFlags,
  { target, real, resizing }: Compared,
  report: (task: string) => void,
): Promise<Omit<EvaluationResult, 'backend'>> {
  const { dataset, spec } = real
  const { sampleShape } = dataset
  if (flags.neighbors !== undefined) checkImages(source, sampleShape, '--neighbors')
  const extractor = await openExtractor(
    flags.extractor ?? chooseExtractor(spec, sampleShape, flags.style),
    sampleShape,
    flags,
  )
  const count = flags.count ?? Math.min(maxDefaultCount, Math.floor(dataset.size / 2), target.maxSamples)
  checkCount(count, target, source)
  let reference: CachedReference | undefined
  const openReference = async () => {
    if (reference) return reference
    report(`features of ${formatCount(2 * count)} real samples, by ${extractor.name}`)
    const options = { count, name: spec, store: fileReferenceStore() }
    reference = await computeReference(dataset, extractor, options)
    return reference
  }
  const seeds = chooseSeeds(flags, target, count)
  const names = flags.metrics?.filter(name => name !== conditionAccuracy && !captionMetrics.includes(name))
  const evaluation: Evaluation =
    names?.length === 0
      ? { metrics: {}, skipped: {} }
      : await evaluate({
          reference: await openReference(),
          seeds,
          fakes: seed => extractFeatures(target.sample(count, seed), extractor, { count }),
          ...(names && { metrics: names }),
          ...(target.generator?.noise && { pathLength: pathLengthWith(target.generator, extractor) }),
          onProgress: report,
        })
  report('classes that are missing')
  const variety =
    flags.metrics === undefined
      ? await measureVariety({ target, dataset, extractor, count, seed: flags.seed })
      : undefined
  const accuracies = await measureConditions(
    source,
    flags,
    { target, dataset, spec, extractor, seeds },
    report,
  )
  const captioned = await measureOfCaptions(source, flags, { target, real, extractor, seeds }, report)
  if (flags.neighbors !== undefined)
    await drawNeighbors(flags.neighbors, {
      target,
      dataset,
      extractor,
      reference: await openReference(),
      seed: flags.seed,
    })
  await reference?.save()
  const { name, sha256 } = extractor
  if ('dispose' in extractor) (extractor as { dispose(): void }).dispose()
  const metrics = { ...evaluation.metrics, ...accuracies, ...captioned }
  return {
    model: target.name,
    against: spec,
    extractor: { name, sha256 },
    resizing: resizing ?? null,
    count,
    seeds,
    metrics,
    skipped: evaluation.skipped,
    variety: variety ?? null,
    verdict: judgeMetrics(metrics, variety) ?? null,
  }
}

/** Condition accuracy, where it is wanted. @throws GankitError where it was named and the generator or the data lack attributes */
async function measureConditions(
  source: string,
  { metrics }: EvaluateFlags,
  options: Parameters<typeof measureAccuracy>[0],
  report: (task: string) => void,
): Promise<Evaluation['metrics']> {
  if (metrics !== undefined && !metrics.includes(conditionAccuracy)) return {}
  report(conditionAccuracy)
  const accuracies = await measureAccuracy(options)
  if (metrics === undefined || Object.keys(accuracies).length > 0) return accuracies
  throw new GankitError(
    'cli',
    'option',
    `--metrics names ${conditionAccuracy}, and ${source} has no attributes that the data and the extractor know: train with --conditional, or leave the metric out`,
  )
}

interface CaptionedMeasurement extends Pick<Compared, 'target' | 'real'> {
  readonly extractor: Extractor
  readonly seeds: readonly number[]
}

/** What a generator makes of captions, where it is wanted. @throws GankitError where it was named and can't be measured */
async function measureOfCaptions(
  source: string,
  { metrics }: EvaluateFlags,
  { target, real, ...rest }: CaptionedMeasurement,
  report: (task: string) => void,
): Promise<Evaluation['metrics']> {
  if (metrics?.some(name => captionMetrics.includes(name)) === false) return {}
  const isCaptioned = target.generator !== undefined && findCaptions(target.generator) !== undefined
  if (isCaptioned) report('what captions name')
  const matcher = isCaptioned ? await openCaptionMatcher(target.app, parseSpec(real.spec).kind) : undefined
  const measured = await measureCaptions({
    target,
    dataset: real.dataset,
    spec: real.spec,
    dataOptions: real.options,
    openAll: () => real.reopen({ captions: '' }),
    matcher,
    ...rest,
  })
  matcher?.dispose()
  const missing = metrics?.find(name => captionMetrics.includes(name) && !(name in measured))
  if (missing === undefined) return measured
  throw new GankitError(
    'cli',
    'option',
    `--metrics names ${missing}, and ${source} has no captions that the data, the extractor${missing === 'r-precision' ? ' and the app' : ''} can judge, expected a generator of captions of cartoon faces or birds: leave the metric out`,
  )
}

/** @throws GankitError where there are fewer samples than wanted, or hardly any */
function checkCount(count: number, { maxSamples }: EvaluationTarget, source: string): void {
  if (maxSamples < minSamples)
    throw new GankitError(
      'cli',
      'data',
      `${source} has ${maxSamples} samples, expected at least ${minSamples}: metrics of so few mean nothing`,
    )
  if (count <= maxSamples) return
  throw new GankitError(
    'cli',
    'option',
    `--count is ${count} and ${source} has ${maxSamples} pictures, expected at most as many`,
  )
}

/** The seeds of the measurements; one is enough where all pictures are taken, which are the same for each seed. */
function chooseSeeds(
  { seed, seeds }: EvaluateFlags,
  { maxSamples }: EvaluationTarget,
  count: number,
): number[] {
  return Array.from({ length: maxSamples === count ? 1 : seeds }, (_, i) => seed + i)
}

/** Measures the path length of a generator; the condition of a seed stays as it is along a path. */
function pathLengthWith(generator: SavedGenerator, extractor: Extractor): (seed: number) => Promise<number> {
  return seed =>
    perceptualPathLength(
      async (noise, count) => {
        const images = drawImages(generator, drawInputs(generator, count, seed, { noise }))
        const { values, size } = await extractFeatures(images, extractor, { count })
        return { values, count, size }
      },
      generator.noise!,
      { seed },
    )
}
