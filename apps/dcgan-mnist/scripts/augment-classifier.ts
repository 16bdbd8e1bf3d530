/**
 * Does a GAN help a classifier that has few labels? For several seeds, 100 labelled digits, ten of each; a classifier of
 * these, of these moved by up to 2 pixels, and of these beside digits that a class-conditional GAN drew, which learned
 * from the same 100, or, as a limit to what can be hoped for, from all 8,000 with their labels: `pnpm augment-classifier`.
 * --seeds 5; --steps 3000: of the GANs; --backend auto; --out FOLDER: pictures of what the GANs draw.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { trainerOf } from '@gankit/cli'
import { type Augmentation, askedFor, type Batches, type Condition, randomStream } from '@gankit/core'
import { conditionsOf, withAttributes } from '@gankit/datasets'
import { selectBackend } from '@gankit/runtime/node'
import { drawFrom, drawLatents } from '@gankit/trainer'
import { encodePng, tileGrid } from '@gankit/visualization'
import { app } from '../src/index.ts'
import { accuracyOf, trainClassifier } from './classifier.ts'
import { balanced, type Digits, datasetOfDigits, digitSets } from './digit-sets.ts'

const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    steps: { type: 'string', default: '3000' },
    backend: { type: 'string', default: 'auto' },
    out: { type: 'string' },
  },
})
const [labelsOfClass, fakesOfClass, batch] = [10, 500, 50]

/** Digits of every class, drawn by a class-conditional GAN that learned from these. */
async function fakesOf(digits: Digits, seed: number, name: string): Promise<Digits> {
  const dataset = withAttributes(datasetOfDigits(digits), ['class'])
  const conditions = await conditionsOf(dataset)
  const { model, training } = app.presets['quick']!
  const few = digits.labels.length < 5000
  const trainer = trainerOf(
    app,
    {
      model,
      training: {
        ...training,
        steps: Number(flags.steps),
        ...(few && { augmentation: { colour: false, translation: 1 / 8, cutout: 0 } }),
      },
      seed,
    },
    { sampleShape: dataset.sampleShape, conditions },
  )
  await trainer.fit(dataset.batches({ size: training.batch, seed }), { steps: Number(flags.steps) })
  const drawn = await trainer.average!.during(() => drawClasses(trainer.gan, conditions, seed, name))
  for (const network of [trainer.gan.generator, trainer.gan.discriminator]) network.dispose()
  trainer.dispose()
  return drawn
}

async function drawClasses(
  { generator, latent }: ReturnType<typeof app.createGan>,
  conditions: readonly Condition[],
  seed: number,
  name: string,
): Promise<Digits> {
  const labels = Uint8Array.from({ length: 10 * fakesOfClass }, (_, i) => i % 10)
  const latents = drawLatents(latent, labels.length, seed)
  for (const [i, label] of labels.entries())
    latents.set(askedFor(conditions, [label]), (i + 1) * latent.size - 10)
  const { samples, sampleShape } = await drawFrom(generator, latents, labels.length)
  if (flags.out) {
    mkdirSync(flags.out, { recursive: true })
    const grid = { samples: samples.subarray(0, 80 * 784), sampleShape, count: 80, columns: 10 }
    writeFileSync(join(flags.out, `${name}-${seed}.png`), encodePng(tileGrid(grid)))
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

const { backend } = await selectBackend({ backend: flags.backend })
const { known, heldOut } = await digitSets()
const limit = await fakesOf(known, 0, 'of-8000')
const table: Record<string, number[]> = {}
for (let seed = 0; seed < Number(flags.seeds); seed++) {
  const order = randomStream(seed, 'augment-classifier/labelled').permutation(known.labels.length)
  const labelled = balanced(known, labelsOfClass, order)
  const fakes = await fakesOf(labelled, seed, 'of-100')
  const moved = { translate: 2 }
  for (const [name, batches] of Object.entries({
    '100 digits': of(labelled, seed),
    '100 digits, moved': of(labelled, seed, moved),
    '100 digits and fakes of a GAN of these 100': halves(labelled, fakes, seed),
    'fakes alone of that GAN': of(fakes, seed),
    '100 digits and fakes of a GAN of 8,000 labelled': halves(labelled, limit, seed),
  })) {
    const model = await trainClassifier(batches, seed)
    const accuracy = await accuracyOf(model, heldOut)
    model.dispose()
    table[name] = [...(table[name] ?? []), accuracy]
    process.stderr.write(`seed ${seed}, ${name}: ${(100 * accuracy).toFixed(1)}%\n`)
  }
}
process.stdout.write(
  `${backend}, ${heldOut.labels.length} held-out digits\n| learned from | accuracy | each seed |\n| --- | --- | --- |\n`,
)
for (const [name, values] of Object.entries(table)) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
  const each = values.map(value => (100 * value).toFixed(1)).join(', ')
  process.stdout.write(`| ${name} | ${(100 * mean).toFixed(1)} ± ${(100 * spread).toFixed(1)}% | ${each} |\n`)
}
