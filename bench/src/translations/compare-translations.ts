import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Batch, Dataset } from '@gankit/core'
import { enlargeBicubic } from '@gankit/datasets'
import { openDataset } from '@gankit/datasets/node'
import { buildTrainer, splitPairs } from '@gankit/experiment'
import { drawSamples } from '@gankit/inference'
import { openGenerator } from '@gankit/inference/node'
import {
  batchImages,
  cartoonFaceFeatures,
  computeReference,
  evaluate,
  extractFeatures,
  measurePairs,
  type Picture,
} from '@gankit/metrics'
import { fileReferenceStore } from '@gankit/metrics/node'
import { selectBackend } from '@gankit/runtime/node'
import { app as segmentation } from '@gankit/segmentation'
import { withAverages } from '@gankit/trainer'
import { encodePng, tileGrid } from '@gankit/visualization'
import { type Comparison, comparisons } from './comparisons.ts'

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
  const { training, test } = await openPairs(comparison, options.pairs)
  const columns = [...comparison.measures, ...(comparison.features ?? [])]
  console.log(`${backend}, ${threads} threads, ${test.count} pairs that no training reads`)
  say('recipe', 'seed', ...columns, 'images/s')
  say(...Array(columns.length + 3).fill('---'))
  for (const [name, outputs] of [
    ['the targets', test.targets],
    ['the inputs', enlargeInputs(test)],
  ] as const)
    if (outputs) say(name, '', ...(await measure(comparison, test, outputs)), '')
  for (const { name, ...recipe } of comparison.variants(steps).filter(variant => variant.name.includes(only)))
    for (let seed = from; seed < from + seeds; seed++) {
      const trainer = buildTrainer(
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
      say(name, seed, ...(await measure(comparison, test, outputs)), perSecond)
      if (out !== undefined && seed === from) writePicture(out, `${of}-${name}`, test, outputs)
      for (const each of Object.values(batches)) await each.return?.()
      for (const network of Object.values(trainer.game.networks)) network.dispose()
      trainer.dispose()
    }
}

function say(...cells: readonly unknown[]): void {
  console.log(`| ${cells.join(' | ')} |`)
}

interface TestPairs {
  readonly count: number
  readonly inputs: Float32Array
  readonly inputShape: readonly number[]
  readonly targets: Float32Array
  readonly targetShape: readonly number[]
  /** Real pictures like the targets. */
  readonly like: Dataset
}

/** The data of all streams but for what is measured on: held-out pairs, or the counterparts of an app without pairs. */
async function openPairs(
  { app, dataOptions }: Comparison,
  wanted: number,
): Promise<{ readonly training: Readonly<Record<string, Dataset>>; readonly test: TestPairs }> {
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
  }
}

async function readFirst(dataset: Dataset, count: number): Promise<Float32Array> {
  const batch = (await dataset.batches({ size: count, shuffle: false, augment: {} }).next()).value as Batch
  const numbers = (await batch.samples.data<'float32'>()).slice()
  batch.samples.dispose()
  return numbers
}

const cut = (numbers: Float32Array, shape: readonly number[], i: number): Picture => {
  const size = shape.reduce((product, side) => product * side, 1)
  return { values: numbers.subarray(i * size, (i + 1) * size), shape: shape as Picture['shape'] }
}

/** The inputs in place of the outputs, enlarged by the bicubic kernel; undefined where they are no such pictures. */
function enlargeInputs({ count, inputs, inputShape, targetShape }: TestPairs): Float32Array | undefined {
  const [height, width, channels] = inputShape as [number, number, number]
  const factor = targetShape[0]! / height
  if (channels !== targetShape[2] || !Number.isInteger(factor)) return undefined
  if (factor === 1) return inputs
  const pieces = Array.from({ length: count }, (_, i) => {
    const data = Float32Array.from(cut(inputs, inputShape, i).values)
    return enlargeBicubic({ data, width, height, channels }, factor).data
  })
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
  pieces.reduce((at, piece) => {
    all.set(piece, at)
    return at + piece.length
  }, 0)
  return all
}

async function measure(
  { app, dataOptions, measures, features = [] }: Comparison,
  test: TestPairs,
  outputs: Float32Array,
): Promise<string[]> {
  const { count, inputs, inputShape, targets, targetShape } = test
  const { crop, reduce, from } = app.samples!
  const labels = measures.some(name => name.startsWith('fcn'))
    ? { output: await label(outputs, count), target: await label(targets, count) }
    : undefined
  const inputsAreLabels = dataOptions?.[from!]?.drawing === 'labels'
  const measured = await measurePairs({
    metrics: measures,
    split: 'held out',
    ...(crop !== undefined && { crop }),
    ...(reduce && { reduce }),
    ...(labels && { labelPalette: segmentation.samples!.palette! }),
    *pairs() {
      for (let i = 0; i < count; i++)
        yield {
          input: cut(inputs, inputShape, i),
          output: cut(outputs, targetShape, i),
          target: cut(targets, targetShape, i),
          ...(labels && {
            labels: {
              output: cut(labels.output, targetShape, i),
              target: cut(labels.target, targetShape, i),
              ...(inputsAreLabels && { wanted: cut(inputs, inputShape, i) }),
            },
          }),
        }
    },
  })
  const cells = measures.map(name => measured[name]!.value.toFixed(/psnr|projection/.test(name) ? 2 : 3))
  return [...cells, ...(await measureFeatures(features, test, outputs))]
}

async function measureFeatures(
  metrics: readonly string[],
  { count, targetShape, like }: TestPairs,
  outputs: Float32Array,
): Promise<string[]> {
  if (metrics.length === 0) return []
  const extractor = await cartoonFaceFeatures()
  const reference = await computeReference(like, extractor, { count, store: fileReferenceStore() })
  const fakes = () => extractFeatures(batchImages(outputs, targetShape), extractor)
  const { metrics: measured } = await evaluate({ reference, fakes, metrics, seeds: [0] })
  await reference.save()
  extractor.dispose()
  return metrics.map(metric => {
    const { value, floor } = measured[metric]!
    return `${value.toPrecision(3)} (floor ${floor?.toPrecision(3)})`
  })
}

async function label(pictures: Float32Array, count: number): Promise<Float32Array> {
  const segmenter = await openGenerator(segmentation.generator!)
  const { samples } = await drawSamples(segmenter, count, 0, { condition: pictures })
  segmenter.dispose()
  return samples as Float32Array
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
