import { GankitError, isGankitError, yieldToHost } from '@gankit/core'
import type { Features } from '../features.ts'
import { type Figure, protocolVersion, spreadOf } from './figure.ts'
import { type Measure, measures, metricNames, type PathLength } from './measures.ts'
import type { RealSide } from './real-side.ts'

export interface EvaluateOptions {
  readonly real: RealSide
  /** Features of as many fakes as the real side's count; asked once a seed. */
  readonly fakes: (seed: number) => Promise<Features>
  /** For 'path-length', which needs the generator itself. */
  readonly pathLength?: PathLength
  /** Which figures; `metricNames` has them all. Default: those of them that are quick and can be had. */
  readonly metrics?: readonly string[]
  /** Default 0, 1 and 2, which give a mean and a spread. */
  readonly seeds?: readonly number[]
  /** Told before each piece of work: 'floors', 'fakes of seed 1', 'kernel of seed 1'. */
  readonly onProgress?: (what: string) => void
}

export interface Evaluation {
  /** By metric. */
  readonly figures: Readonly<Record<string, Figure>>
  /** Figures that could not be had, and why. */
  readonly leftOut: Readonly<Record<string, string>>
}

/**
 * Figures of a generator, each with its floor, its spread over seeds and the protocol by which it was had.
 * @throws GankitError for unknown metrics, no seeds, and for a metric that was named but can't be had of these samples
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { real, fakes, pathLength, metrics, seeds = [0, 1, 2], onProgress = () => {} } = options
  const chosen = measuresFor(metrics)
  if (seeds.length === 0)
    throw new GankitError('metrics', 'option', 'there are no seeds, expected at least one')
  const values = new Map<string, number[]>()
  const leftOut: Record<string, string> = {}
  const nFake: number[] = []
  for (const seed of seeds) {
    onProgress(`fakes of seed ${seed}`)
    const features = await fakes(seed)
    nFake.push(features.count)
    for (const measure of chosen) {
      const names = Object.keys(measure.figures)
      if (leftOut[names[0]!] !== undefined) continue
      try {
        await yieldToHost()
        onProgress(`${names.join(', ')} of seed ${seed}`)
        const measured = await measure.measure(real, features, seed, pathLength)
        if (measure.hasFloor !== false) await floorsOf(measure, real, onProgress)
        for (const name of names) values.set(name, [...(values.get(name) ?? []), measured[name]!])
      } catch (error) {
        // Of the figures that nobody named, those that can be had are told.
        if (metrics || !isGankitError(error) || error.kind !== 'data') throw error
        for (const name of names) leftOut[name] = error.message
      }
    }
  }
  const better = Object.assign({}, ...measures.map(({ figures }) => figures))
  const { extractor, split, count: nReal } = real
  const figures: Record<string, Figure> = {}
  for (const [metric, each] of values)
    if (!metrics || metrics.includes(metric))
      figures[metric] = {
        metric,
        ...spreadOf(each),
        values: each,
        floor: real.floors.get(metric) ?? null,
        better: better[metric],
        nReal,
        nFake: nFake[0]!,
        split,
        extractor: { name: extractor.name, sha256: extractor.sha256 },
        seed: seeds[0]!,
        seeds,
        version: protocolVersion,
      }
  return { figures, leftOut }
}

/** Real samples held against other real ones, unless that is known. */
async function floorsOf(measure: Measure, real: RealSide, onProgress: (what: string) => void): Promise<void> {
  const names = Object.keys(measure.figures)
  if (names.every(name => real.floors.has(name))) return
  onProgress(`floor of ${names.join(', ')}`)
  for (const [name, value] of Object.entries(await measure.measure(real, real.other, 0)))
    real.floors.set(name, value)
}

/** @throws GankitError for a metric that is not known */
function measuresFor(metrics: readonly string[] | undefined): readonly Measure[] {
  if (!metrics) return measures.filter(({ onRequest }) => !onRequest)
  for (const name of metrics)
    if (!metricNames.includes(name))
      throw new GankitError(
        'metrics',
        'option',
        `metric is '${name}', expected one of ${metricNames.join(', ')}`,
      )
  if (metrics.length === 0)
    throw new GankitError(
      'metrics',
      'option',
      `there are no metrics, expected some of ${metricNames.join(', ')}`,
    )
  return measures.filter(({ figures }) => Object.keys(figures).some(name => metrics.includes(name)))
}
