import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  type Augmentation,
  type Batches,
  type ConditionAttribute,
  encodeCategories,
  type Generator,
  randomStream,
} from '@gankit/core'
import { listConditions, withAttributes } from '@gankit/datasets'
import { app } from '@gankit/dcgan-mnist'
import { buildTrainer } from '@gankit/experiment'
import { drawSamples } from '@gankit/inference'
import { selectBackend } from '@gankit/runtime/node'
import { withAverages } from '@gankit/trainer'
import { encodePng, tileGrid } from '@gankit/visualization'
import { formatSpread, percent } from '../table.ts'
import { accuracyOf, trainClassifier } from './classifier.ts'
import { balanced, type Digits, datasetOfDigits, digitSets } from './digit-sets.ts'

export interface FewLabelsOptions {
  readonly seeds: number
  /** Of the GANs. */
  readonly steps: number
  readonly backend: string
  /** Where pictures of what the GANs draw go. */
  readonly out?: string
}

const [labelsOfClass, fakesOfClass, batch] = [10, 500, 50]

/** Digits of every class, drawn by a class-conditional GAN that learned from these. */
async function fakesOf(
  digits: Digits,
  seed: number,
  { steps, out }: FewLabelsOptions,
  name: string,
): Promise<Digits> {
  const dataset = withAttributes(datasetOfDigits(digits), ['class'])
  const attributes = await listConditions(dataset)
  const { model, training } = app.presets['quick']!
  const few = digits.labels.length < 5000
  const trainer = await buildTrainer(
    app,
    {
      model,
      training: {
        ...training,
        steps,
        ...(few && { augmentation: { color: false, translation: 1 / 8, cutout: 0 } }),
      },
      seed,
    },
    { sampleShape: dataset.sampleShape, condition: { kind: 'categories', attributes } },
  )
  await trainer.fit(dataset.batches({ size: training.batch, seed }), { steps })
  const drawn = await withAverages(trainer, () =>
    drawClasses(
      trainer.game.generators['generator']!,
      attributes,
      seed,
      out && join(out, `${name}-${seed}.png`),
    ),
  )
  for (const network of Object.values(trainer.game.networks)) network.dispose()
  trainer.dispose()
  return drawn
}

async function drawClasses(
  generator: Generator,
  attributes: readonly ConditionAttribute[],
  seed: number,
  file: string | undefined,
): Promise<Digits> {
  const labels = Uint8Array.from({ length: 10 * fakesOfClass }, (_, i) => i % 10)
  const condition = encodeCategories(attributes, labels)
  const { samples, sampleShape } = await drawSamples(generator, labels.length, seed, { condition })
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true })
    const grid = {
      samples: Float32Array.from(samples.subarray(0, 80 * 784)),
      sampleShape,
      count: 80,
      columns: 10,
    }
    writeFileSync(file, encodePng(tileGrid(grid)))
  }
  return { labels, images: Uint8Array.from(samples, value => Math.round((value + 1) * 127.5)) }
}

/** Half of every batch from one set, half from another. */
function halves(a: Digits, b: Digits, seed: number): Batches {
  const own = [a, b].map(digits => datasetOfDigits(digits).batches({ size: batch / 2, seed }))
  const both: Batches = {
    position: () => own[0]!.position(),
    async next() {
      const [{ value: first }, { value: second }] = await Promise.all([own[0]!.next(), own[1]!.next()])
      const samples = first.samples.concat(second.samples)
      first.samples.dispose()
      second.samples.dispose()
      return { done: false, value: { samples, labels: Int32Array.of(...first.labels, ...second.labels) } }
    },
    [Symbol.asyncIterator]: () => both,
  }
  return both
}

const of = (digits: Digits, seed: number, augment: Augmentation = {}) =>
  datasetOfDigits(digits).batches({ size: batch, seed, augment })

/**
 * Does a GAN help a classifier that has few labels? For several seeds, 100 labelled digits, ten of each; a classifier of
 * these, of these moved by up to 2 pixels, and of these beside digits that a class-conditional GAN drew, which learned
 * from the same 100, or, as a limit to what can be hoped for, from all 8,000 with their labels.
 */
export async function fewLabels(options: FewLabelsOptions): Promise<void> {
  const { backend } = await selectBackend(options)
  const { known, heldOut } = await digitSets()
  const limit = await fakesOf(known, 0, options, 'of-8000')
  const table: Record<string, number[]> = {}
  for (let seed = 0; seed < options.seeds; seed++) {
    const order = randomStream(seed, 'few-labels/labelled').permutation(known.labels.length)
    const labeled = balanced(known, labelsOfClass, order)
    const fakes = await fakesOf(labeled, seed, options, 'of-100')
    for (const [name, batches] of Object.entries({
      '100 digits': of(labeled, seed),
      '100 digits, moved': of(labeled, seed, { translate: 2 }),
      '100 digits and fakes of a GAN of these 100': halves(labeled, fakes, seed),
      'fakes of that GAN alone': of(fakes, seed),
      '100 digits and fakes of a GAN of 8,000 labelled': halves(labeled, limit, seed),
    })) {
      const model = await trainClassifier(batches, seed)
      const accuracy = await accuracyOf(model, heldOut)
      model.dispose()
      table[name] = [...(table[name] ?? []), accuracy]
      console.error(`seed ${seed}, ${name}: ${(100 * accuracy).toFixed(1)}%`)
    }
  }
  console.log(`${backend}, ${heldOut.labels.length} held-out digits`)
  console.log('| learned from | accuracy | each seed |\n| --- | --- | --- |')
  for (const [name, values] of Object.entries(table)) console.log(rowOf(name, values))
}

function rowOf(name: string, values: readonly number[]): string {
  return `| ${name} | ${formatSpread(values)}% | ${values.map(percent).join(', ')} |`
}
