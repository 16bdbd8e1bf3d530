import { checkChoice, GankitError, isGankitError, yieldToHost } from '@gankit/core'
import type { Features } from '../features/features.ts'
import { type MeasurePathLength, type MetricEntry, metricNames, metricTable } from './metric-table.ts'
import { type MetricValue, summarizeSeeds } from './metric-value.ts'
import type { ReferenceStatistics } from './reference.ts'

export interface EvaluateOptions {
  readonly reference: ReferenceStatistics
  /** Features of as many fakes as the reference's count; called once per seed. */
  readonly fakes: (seed: number) => Promise<Features>
  /** For 'perceptual-path-length', which needs the generator itself. */
  readonly pathLength?: MeasurePathLength
  /** Names from `metricNames`. Default: the fast ones that the data allow. */
  readonly metrics?: readonly string[]
  /** Default 0, 1 and 2, which give a mean and a spread. */
  readonly seeds?: readonly number[]
  /** Called before each piece of work: 'fakes of seed 1', 'kid of seed 1', 'floor of kid'. */
  readonly onProgress?: (task: string) => void
}

export interface Evaluation {
  /** By name. */
  readonly metrics: Readonly<Record<string, MetricValue>>
  /** Metrics that the data don't allow, and why. */
  readonly skipped: Readonly<Record<string, string>>
}

/**
 * Measures metrics of a generator, each with its floor, its spread over seeds and the protocol of the measurement.
 * @throws GankitError for unknown metrics, no seeds, and where the data don't allow a metric that was named
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { reference, fakes, pathLength, seeds = [0, 1, 2], onProgress = () => {} } = options
  const entries = selectEntries(options.metrics)
  if (seeds.length === 0)
    throw new GankitError('metrics', 'option', 'there are no seeds, expected at least one')
  const values = new Map<string, number[]>()
  const skipped: Record<string, string> = {}
  const nFake: number[] = []
  for (const seed of seeds) {
    onProgress(`fakes of seed ${seed}`)
    const features = await fakes(seed)
    nFake.push(features.count)
    for (const entry of entries) {
      const names = Object.keys(entry.metrics)
      if (skipped[names[0]!] !== undefined) continue
      try {
        await yieldToHost()
        onProgress(`${names.join(', ')} of seed ${seed}`)
        const measured = await entry.compute(reference, features, seed, pathLength)
        if (entry.hasFloor !== false) await measureFloors(entry, reference, onProgress)
        for (const name of names) values.set(name, [...(values.get(name) ?? []), measured[name]!])
      } catch (error) {
        // Metrics that nobody named are skipped where the data don't allow them.
        if (options.metrics || !isGankitError(error) || error.kind !== 'data') throw error
        for (const name of names) skipped[name] = error.message
      }
    }
  }
  const metrics: Record<string, MetricValue> = {}
  for (const [name, better] of entries.flatMap(entry => Object.entries(entry.metrics))) {
    const each = values.get(name)
    if (!each || !(options.metrics?.includes(name) ?? true)) continue
    metrics[name] = summarizeSeeds(each, {
      metric: name,
      floor: reference.floors.get(name) ?? null,
      better,
      nReal: reference.count,
      nFake: nFake[0]!,
      split: reference.split,
      extractor: { name: reference.extractor.name, sha256: reference.extractor.sha256 },
      seeds,
    })
  }
  return { metrics, skipped }
}

/** Measures the other real half in place of the fakes, unless its values are known. */
async function measureFloors(
  entry: MetricEntry,
  reference: ReferenceStatistics,
  onProgress: (task: string) => void,
): Promise<void> {
  const names = Object.keys(entry.metrics)
  if (names.every(name => reference.floors.has(name))) return
  onProgress(`floor of ${names.join(', ')}`)
  const floors = await entry.compute(reference, reference.floorFeatures, 0)
  for (const [name, value] of Object.entries(floors)) reference.floors.set(name, value)
}

/** @throws GankitError for unknown names, or none */
function selectEntries(names: readonly string[] | undefined): readonly MetricEntry[] {
  if (!names) return metricTable.filter(({ onRequest }) => !onRequest)
  for (const name of names) checkChoice('metrics', 'metric', name, metricNames)
  if (names.length === 0)
    throw new GankitError(
      'metrics',
      'option',
      `there are no metrics, expected some of ${metricNames.join(', ')}`,
    )
  return metricTable.filter(({ metrics }) => Object.keys(metrics).some(name => names.includes(name)))
}
