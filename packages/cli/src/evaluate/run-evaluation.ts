import { GankitError } from '@gankit/core'
import {
  type DatasetSide,
  type Evaluation,
  type Extractor,
  evaluate,
  featuresOf,
  perceptualPathLength,
  realSideOfDataset,
} from '@gankit/metrics'
import { fileFigureStore } from '@gankit/metrics/node'
import { selectBackend } from '@gankit/runtime/node'
import type { Output } from '../output.ts'
import { agreementOf } from './agreement.ts'
import { agreement, checkMetrics } from './check-metrics.ts'
import type { EvaluateFlags } from './evaluate-flags.ts'
import { extractorOf, usualExtractor } from './extractor-of.ts'
import { drawNeighbours } from './neighbours.ts'
import { checkSameShape, opener } from './real-data.ts'
import { reporter } from './reporter.ts'
import { sidesOf } from './sides.ts'
import type { Subject } from './subject.ts'

const nothing: Evaluation = { figures: {}, leftOut: {} }

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
    let side: DatasetSide | undefined
    const realSide = async () => {
      if (side) return side
      report(`features of ${(2 * count).toLocaleString('en')} real samples, by ${extractor.name}`)
      side = await realSideOfDataset(dataset, extractor, { count, name: spec, store: fileFigureStore() })
      return side
    }
    const seeds = seedsOf(flags, subject, count)
    const metrics = flags.metrics?.filter(name => name !== agreement)
    const evaluation =
      metrics?.length === 0
        ? nothing
        : await evaluate({
            real: await realSide(),
            seeds,
            async fakes(seed) {
              signal.throwIfAborted()
              return featuresOf(subject.fakes(count, seed), extractor, { count })
            },
            ...(metrics && { metrics }),
            ...(subject.generator && { pathLength: pathLengthOf(subject.generator, extractor) }),
            onProgress(what) {
              signal.throwIfAborted()
              report(what)
            },
          })
    const wanted = flags.metrics === undefined || flags.metrics.includes(agreement)
    if (wanted) report('agreement with what was asked for')
    const asked = wanted ? await agreementOf({ subject, dataset, extractor, seeds }, spec) : {}
    if (flags.metrics?.includes(agreement) && Object.keys(asked).length === 0) throw noAgreement(source)
    if (flags.neighbours !== undefined)
      await drawNeighbours(flags.neighbours, {
        subject,
        dataset,
        extractor,
        side: await realSide(),
        seed: flags.seed,
      })
    await side?.save()
    const { name, sha256 } = extractor
    if ('dispose' in extractor) (extractor as { dispose(): void }).dispose()
    return {
      ...evaluation,
      figures: { ...evaluation.figures, ...asked },
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
      `${source} has ${most} samples, expected at least ${fewest}: figures of so few say nothing`,
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
    `--metrics names agreement, and ${source} can't be asked for anything that the data and the extractor know: train with --conditional, or leave it out`,
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
        const { values, size } = await featuresOf(draw(latents, count), extractor, { count })
        return { values, count, size }
      },
      latent,
      { seed },
    )
}
