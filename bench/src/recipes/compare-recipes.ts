import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDataset } from '@gankit/datasets/node'
import { buildTrainer } from '@gankit/experiment'
import { drawSamples } from '@gankit/inference'
import {
  batchImages,
  type CachedReference,
  computeReference,
  type Extractor,
  evaluate,
  extractFeatures,
} from '@gankit/metrics'
import { fileReferenceStore } from '@gankit/metrics/node'
import { selectBackend } from '@gankit/runtime/node'
import { type Trainer, withAverages } from '@gankit/trainer'
import { encodePng, tileGrid } from '@gankit/visualization'
import { printRow } from '../table.ts'
import { type Comparison, comparisons } from './comparisons.ts'

export interface RecipesOptions {
  readonly of: keyof typeof comparisons
  readonly steps: number
  readonly seeds: number
  /** The first seed. */
  readonly from: number
  /** Rows whose name holds it. */
  readonly only: string
  /** Steps from one row to the next. Default: one row, at the end. */
  readonly every?: number
  readonly backend: string
  readonly threads?: number
  /** Where a picture of each recipe's first seed goes. */
  readonly out?: string
}

/**
 * Trains recipes that differ in one thing for several seeds, and prints the metrics of each as a row of a table. They are
 * those of G's moving average, of as many fakes as real samples in a half of the data, 5,000 at most.
 */
export async function compareRecipes(options: RecipesOptions): Promise<void> {
  const { of, steps, seeds, from, only, out } = options
  const comparison: Comparison = comparisons[of]
  const { app, extractor: load, metrics, variants, learnsFrom } = comparison
  const { backend, threads } = await selectBackend(options)
  const spec = app.data.default
  const whole = await openDataset(spec)
  const dataset = learnsFrom ? await openDataset(learnsFrom) : whole
  const extractor = await load()
  const reference = await computeReference(whole, extractor, {
    store: fileReferenceStore(),
    halvesOnly: true,
  })
  console.log(
    `${backend}, ${threads} threads, ${reference.count} fakes against ${reference.count} of ${spec}${learnsFrom ? `, learned from ${learnsFrom}` : ''}`,
  )
  printRow('recipe', 'seed', 'images', ...metrics, 'D(real)', 'D(fake)', 'images/s')
  printRow(...Array(metrics.length + 6).fill('---'))
  for (const { name, model, training } of variants(steps).filter(variant => variant.name.includes(only)))
    for (let seed = from; seed < from + seeds; seed++) {
      const trainer = await buildTrainer(app, { model, training, seed }, dataset)
      const batches = dataset.batches({ size: training.batch, seed })
      const every = options.every ?? training.steps
      let milliseconds = 0
      for (let to = every; to <= training.steps; to += every) {
        const began = performance.now()
        const { values, samplesSeen: images } = await trainer.fit(batches, { steps: to })
        milliseconds += performance.now() - began
        const measured = await measure(trainer, seed, reference, extractor, metrics)
        const [dReal, dFake] = [values!['discriminator/real']!, values!['discriminator/fake']!]
        const perSecond = Math.round((1000 * images) / milliseconds)
        printRow(name, seed, images, ...measured, dReal.toFixed(2), dFake.toFixed(2), perSecond)
      }
      if (out !== undefined && seed === from) await picture(trainer, name, out)
      await batches.return?.()
      for (const network of Object.values(trainer.game.networks)) network.dispose()
      trainer.dispose()
    }
  await reference.save()
}

async function measure(
  trainer: Trainer,
  seed: number,
  reference: CachedReference,
  extractor: Extractor,
  metrics: readonly string[],
): Promise<string[]> {
  const { samples, sampleShape } = await drawn(trainer, reference.count, seed)
  const fakes = () => extractFeatures(batchImages(samples, sampleShape), extractor)
  const { metrics: measured } = await evaluate({ reference, fakes, metrics, seeds: [seed] })
  return metrics.map(metric => measured[metric]!.value.toFixed(metric === 'frechet-distance' ? 1 : 3))
}

/** Samples by G's moving average, where there is one. */
function drawn(trainer: Trainer, count: number, seed: number) {
  return withAverages(trainer, async () => {
    const { samples, ...rest } = await drawSamples(trainer.game.generators['generator']!, count, seed)
    return { ...rest, samples: Float32Array.from(samples) }
  })
}

async function picture(trainer: Trainer, name: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const tiles = await drawn(trainer, 40, 0)
  const file = `${name.replaceAll(/[^\p{L}\d.]+/gu, '-')}.png`
  writeFileSync(join(folder, file), encodePng(tileGrid({ ...tiles, columns: 10 })))
}
