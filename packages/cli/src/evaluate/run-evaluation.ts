import { GankitError } from '@gankit/core'
import {
  type CachedReference,
  computeReference,
  type Evaluation,
  type Extractor,
  evaluate,
  extractFeatures,
  perceptualPathLength,
} from '@gankit/metrics'
import { fileReferenceStore } from '@gankit/metrics/node'
import { selectBackend } from '@gankit/runtime/node'
import type { Output } from '../output.ts'
import { agreementOf } from './agreement.ts'
import { checkMetrics, conditionAccuracy } from './check-metrics.ts'
import type { EvaluateFlags } from './evaluate-flags.ts'
import { extractorOf, usualExtractor } from './extractor-of.ts'
import { drawNeighbours } from './neighbours.ts'
import { checkSameShape, opener } from './real-data.ts'
import { reporter } from './reporter.ts'
import { sidesOf } from './sides.ts'
import type { Subject } from './subject.ts'

const nothing: Evaluation = { metrics: {}, skipped: {} }

/** Pictures, below which nothing is measured. */
const fewest = 4

/** What was evaluated, and what came of it. */
export interface Outcome extends Evaluation {
  readonly model: string
  readonly against: string
  readonly extractor: { readonly name: string; readonly sha256: string }
  /** Fakes, and real samples of each half. */
  readonly count: number
  readonly seeds: readonly number[]
  readonly backend: string
}

/** Evaluates a generator or pictures. @throws GankitError for whatever is wrong with the request or the samples */
export async function runEvaluation(
  source: string,
  flags: EvaluateFlags,
  { progress }: Output,
  signal: AbortSignal,
): Promise<Outcome> {
  checkMetrics('--metrics', flags.metrics)
  const { backend } = await selectBackend(flags)
  const open = opener(flags, progress, signal)
  const report = reporter(progress)
  const { subject, real } = await sidesOf(source, flags, open)
  try {
    const { dataset, spec } = real
    checkSameShape(subject.sampleShape, dataset.sampleShape, spec)
    const extractor = await extractorOf(
      flags.extractor ?? usualExtractor(spec, dataset.sampleShape, flags.style),
      dataset.sampleShape,
      flags,
    )
    const count = flags.count ?? Math.min(5000, Math.floor(dataset.size / 2), subject.most)
    checkCount(count, subject, source)
    let reference: CachedReference | undefined
    const openReference = async () => {
      if (reference) return reference
      report(`features of ${(2 * count).toLocaleString('en')} real samples, by ${extractor.name}`)
      reference = await computeReference(dataset, extractor, {
        count,
        name: spec,
        store: fileReferenceStore(),
      })
      return reference
    }
    const seeds = seedsOf(flags, subject, count)
    const metrics = flags.metrics?.filter(name => name !== conditionAccuracy)
    const evaluation =
      metrics?.length === 0
        ? nothing
        : await evaluate({
            reference: await openReference(),
            seeds,
            async fakes(seed) {
              signal.throwIfAborted()
              return extractFeatures(subject.fakes(count, seed), extractor, { count })
            },
            ...(metrics && { metrics }),
            ...(subject.generator && { pathLength: pathLengthOf(subject.generator, extractor) }),
            onProgress(what) {
              signal.throwIfAborted()
              report(what)
            },
          })
    const wanted = flags.metrics === undefined || flags.metrics.includes(conditionAccuracy)
    if (wanted) report('condition accuracy')
    const asked = wanted ? await agreementOf({ subject, dataset, extractor, seeds }, spec) : {}
    if (flags.metrics?.includes(conditionAccuracy) && Object.keys(asked).length === 0)
      throw noAgreement(source)
    if (flags.neighbours !== undefined)
      await drawNeighbours(flags.neighbours, {
        subject,
        dataset,
        extractor,
        reference: await openReference(),
        seed: flags.seed,
      })
    await reference?.save()
    const { name, sha256 } = extractor
    if ('dispose' in extractor) (extractor as { dispose(): void }).dispose()
    return {
      ...evaluation,
      metrics: { ...evaluation.metrics, ...asked },
      model: subject.name,
      against: spec,
      extractor: { name, sha256 },
      count,
      seeds,
      backend,
    }
  } finally {
    report()
    await subject.close()
    await real.dataset.close?.()
  }
}

/** @throws GankitError where there are not that many fakes, or hardly any */
function checkCount(count: number, { most }: Subject, source: string): void {
  if (most < fewest)
    throw new GankitError(
      'cli',
      'data',
      `${source} has ${most} samples, expected at least ${fewest}: metrics of so few say nothing`,
    )
  if (count <= most) return
  throw new GankitError(
    'cli',
    'option',
    `--count is ${count} and ${source} has ${most} pictures, expected at most as many`,
  )
}

function noAgreement(source: string): GankitError {
  return new GankitError(
    'cli',
    'option',
    `--metrics names condition-accuracy, and ${source} can't be asked for anything that the data and the extractor know: train with --conditional, or leave it out`,
  )
}

/** Pictures that are all taken are the same for each seed. */
function seedsOf({ seed, seeds }: EvaluateFlags, { most }: Subject, count: number): number[] {
  return Array.from({ length: most === count ? 1 : seeds }, (_, i) => seed + i)
}

function pathLengthOf(
  { latent, draw }: NonNullable<Subject['generator']>,
  extractor: Extractor,
): (seed: number) => Promise<number> {
  return seed =>
    perceptualPathLength(
      async (latents, count) => {
        const { values, size } = await extractFeatures(draw(latents, count), extractor, { count })
        return { values, count, size }
      },
      latent,
      { seed },
    )
}
