import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Batch, Dataset } from '@gankit/core'
import { openDataset } from '@gankit/datasets/node'
import { buildTrainer, splitPairs } from '@gankit/experiment'
import { drawSamples } from '@gankit/inference'
import { selectBackend } from '@gankit/runtime/node'
import { withAverages } from '@gankit/trainer'
import { encodePng, tileGrid } from '@gankit/visualization'
import { printRow } from '../table.ts'
import { type Comparison, comparisons } from './comparisons.ts'
import { enlargeInputs, measure, type TestPairs, translateByShipped } from './measure.ts'

export interface TranslationsOptions {
  readonly of: keyof typeof comparisons
  readonly steps: number
  readonly seeds: number
  /** The first seed. */
  readonly from: number
  /** Rows whose name holds it. */
  readonly only: string
  /** Pairs that are measured. */
  readonly pairs: number
  readonly backend: string
  readonly threads?: number
  /** Where a picture of each recipe's first seed goes: a row each of inputs, outputs and targets. */
  readonly out?: string
}

/**
 * Trains recipes of an app that turns pictures into others for several seeds, and prints the metrics of each as a row of a
 * table, on pairs that no training reads: of G's moving average after the last step.
 */
export async function compareTranslations(options: TranslationsOptions): Promise<void> {
  const { of, steps, seeds, from, only, out } = options
  const comparison: Comparison = comparisons[of]
  const { backend, threads } = await selectBackend(options)
  const { training, test, close } = await openPairs(comparison, options.pairs)
  const columns = [
    ...comparison.measures,
    ...(comparison.features ?? []),
    ...(comparison.attributes ? ['attributes kept'] : []),
  ]
  console.log(`${backend}, ${threads} threads, ${test.count} pairs that no training reads`)
  printRow('recipe', 'seed', ...columns, 'images/s')
  printRow(...Array(columns.length + 3).fill('---'))
  for (const [name, outputs] of [
    ['the targets', test.targets],
    ['the inputs', enlargeInputs(test)],
    ['the generator that ships', await translateByShipped(comparison, test)],
  ] as const)
    if (outputs) printRow(name, '', ...(await measure(comparison, test, outputs)), '')
  for (const { name, ...recipe } of comparison.variants(steps).filter(variant => variant.name.includes(only)))
    for (let seed = from; seed < from + seeds; seed++) {
      const trainer = await buildTrainer(
        comparison.app,
        { ...recipe, seed },
        { streams: training as Readonly<Record<string, Dataset>> },
      )
      const { batch: size } = recipe.training
      const batches = Object.fromEntries(
        Object.entries(training).map(([stream, dataset], i) => [
          stream,
          dataset.batches({ size, seed: comparison.app.paired ? seed : 1000 * i + seed }),
        ]),
      )
      const began = performance.now()
      const { samplesSeen } = await trainer.fit(batches, { steps })
      const perSecond = Math.round((1000 * samplesSeen) / (performance.now() - began))
      const generators = trainer.game.generators
      const generator = generators[comparison.app.samples?.generator ?? Object.keys(generators)[0]!]!
      const outputs = await withAverages(trainer, async () => {
        const drawn = await drawSamples(generator, test.count, seed, { condition: test.inputs })
        return Float32Array.from(drawn.samples)
      })
      printRow(name, seed, ...(await measure(comparison, test, outputs)), perSecond)
      if (out !== undefined && seed === from) writePicture(out, `${of}-${name}`, test, outputs)
      for (const each of Object.values(batches)) await each.return?.()
      for (const network of Object.values(trainer.game.networks)) network.dispose()
      trainer.dispose()
    }
  await close()
}

/** The data of all streams but for what is measured on: held-out pairs, or the counterparts of an app without pairs. */
async function openPairs(
  { app, dataOptions }: Comparison,
  wanted: number,
): Promise<{
  readonly training: Readonly<Record<string, Dataset>>
  readonly test: TestPairs
  close(): Promise<void>
}> {
  const { counterparts, from, like } = app.samples!
  const whole: Record<string, Dataset> = {}
  const unseen: Record<string, Dataset> = {}
  for (const [stream, { default: spec, options }] of Object.entries(app.streams)) {
    const all = { ...options, ...dataOptions?.[stream] }
    whole[stream] = await openDataset(spec!, all)
    if (counterparts)
      unseen[stream] = await openDataset(counterparts.data, { ...all, dataSeed: counterparts.dataSeed })
  }
  const size = Math.min(...Object.values(whole).map(dataset => dataset.size))
  const parts = splitPairs(size)!
  const [input, target] = [from!, like!].map(
    stream => unseen[stream] ?? whole[stream]!.select!(parts.test),
  ) as [Dataset, Dataset]
  const count = Math.min(wanted, input.size)
  return {
    training: counterparts
      ? whole
      : Object.fromEntries(
          Object.entries(whole).map(([stream, dataset]) => [stream, dataset.select!(parts.training)]),
        ),
    test: {
      count,
      inputs: await readFirst(input, count),
      inputShape: input.sampleShape,
      targets: await readFirst(target, count),
      targetShape: target.sampleShape,
      like: whole[like!]!,
    },
    async close() {
      for (const dataset of [...Object.values(whole), ...Object.values(unseen)]) await dataset.close?.()
    },
  }
}

async function readFirst(dataset: Dataset, count: number): Promise<Float32Array> {
  const batches = dataset.batches({ size: count, shuffle: false, augment: {} })
  const batch = (await batches.next()).value as Batch
  const numbers = (await batch.samples.data<'float32'>()).slice()
  batch.samples.dispose()
  await batches.return?.()
  return numbers
}

const pictured = 12

function writePicture(folder: string, name: string, test: TestPairs, outputs: Float32Array): void {
  mkdirSync(folder, { recursive: true })
  const size = test.targetShape.reduce((product, side) => product * side, 1)
  const rows = [enlargeInputs(test) ?? test.targets, outputs, test.targets]
  const samples = new Float32Array(rows.length * pictured * size)
  for (const [i, row] of rows.entries()) samples.set(row.subarray(0, pictured * size), i * pictured * size)
  const grid = tileGrid({
    samples,
    sampleShape: test.targetShape,
    count: rows.length * pictured,
    columns: pictured,
  })
  writeFileSync(join(folder, `${name.replaceAll(/[^\p{L}\d.]+/gu, '-')}.png`), encodePng(grid))
}
