import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomStream } from '@gankit/core'
import { buildTrainer, coolingAdam, type Preset } from '@gankit/experiment'
import { drawSamples } from '@gankit/inference'
import { classesOfColors, confusionMatrix, meanIou, pixelAccuracy } from '@gankit/metrics'
import { selectBackend } from '@gankit/runtime/node'
import { app } from '@gankit/segmentation'
import { withAverages } from '@gankit/trainer'
import { encodePng, tileGrid } from '@gankit/visualization'
import { formatSpread, percent } from '../table.ts'
import { type FaceNoise, type FaceSets, openFaceSets, readAll, selectFaces } from './face-sets.ts'

export interface NoisyFacesOptions extends FaceNoise {
  /** Numbers of labelled faces. */
  readonly labeled: readonly number[]
  readonly steps: number
  readonly seeds: number
  /** The first seed. */
  readonly from: number
  readonly backend: string
  readonly threads?: number
  /** Where pictures of the first seed go. */
  readonly out?: string
}

const batch = 8
const palette = app.samples!.palette!
type Model = (typeof app.presets)[string]['model']

/** What is compared: in all the same net, the same labelled faces in the same order, and as many steps. */
const ways = ['cross-entropy alone', 'with the adversary', 'and 2,000 unlabelled faces'] as const
type Way = (typeof ways)[number]

/** How good label maps are. */
interface Score {
  readonly miou: number
  readonly pixels: number
}

/** Held-out faces as plain numbers. */
interface TestFaces {
  readonly inputs: Float32Array
  readonly classes: Int32Array
  readonly count: number
}

/**
 * Do an adversary, and faces without labels, help a segmenter of noisy faces that has few labelled ones? For several choices of these,
 * mIoU and pixel accuracy on 500 held-out faces, by the moving average of the weights after the last step: nothing is chosen by them. A
 * row for each training as it ends, and a table whenever a seed is done.
 */
export async function compareNoisyFaces(options: NoisyFacesOptions): Promise<void> {
  const { steps, seeds, from, labeled, size, noise, colorCast } = options
  const { backend, threads } = await selectBackend(options)
  const sets = await openFaceSets({ size, noise, colorCast })
  const test: TestFaces = {
    inputs: await readAll(sets.heldOut.pictures),
    classes: classesOf(await readAll(sets.heldOut.labels), size),
    count: sets.heldOut.pictures.size,
  }
  console.log(
    `${backend}, ${threads} threads, faces of ${size}×${size} with noise of ${noise} and a color cast of ${colorCast}, ${steps} steps of ${batch}`,
  )
  await sayConstants(sets, test)
  console.log('| seed | labelled faces | learned by | mIoU | pixel accuracy | seconds |')
  console.log('| --- | --- | --- | --- | --- | --- |')
  const scores = new Map<string, Score[]>()
  for (let seed = from; seed < from + seeds; seed++) {
    for (const count of labeled)
      for (const way of ways) {
        const began = performance.now()
        const drawn = await learn(sets, test, { ...options, seed, count, way })
        const score = measure(test.classes, classesOf(drawn, size))
        const seconds = Math.round((performance.now() - began) / 1000)
        console.log(
          `| ${seed} | ${count} | ${way} | ${percent(score.miou)} | ${percent(score.pixels)} | ${seconds} |`,
        )
        const key = `${count} | ${way}`
        scores.set(key, [...(scores.get(key) ?? []), score])
        if (options.out !== undefined && seed === from)
          draw(options.out, `${count} ${way}`, test.inputs, drawn, size)
      }
    sayTable(scores, seed + 1 - from)
  }
}

function sayTable(scores: ReadonlyMap<string, readonly Score[]>, seeds: number): void {
  console.log(`\n${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, mean ± standard deviation\n`)
  console.log('| labelled faces | learned by | mIoU | pixel accuracy |\n| --- | --- | --- | --- |')
  for (const [key, values] of scores) {
    const [miou, pixels] = (['miou', 'pixels'] as const).map(name => formatSpread(values.map(v => v[name])))
    console.log(`| ${key} | ${miou} | ${pixels} |`)
  }
  console.log('')
}

/** What can be had without looking at a face: one label everywhere, and the commonest label of each place. */
async function sayConstants({ known }: FaceSets, test: TestFaces): Promise<void> {
  const [height, width] = known.labels.sampleShape as [number, number]
  const [places, classes] = [height * width, classesOf(await readAll(known.labels), width)]
  const counts = Array.from({ length: places }, () => new Float64Array(palette.length))
  for (const [i, label] of classes.entries()) counts[i % places]![label]! += 1
  const commonest = counts.map(of => of.indexOf(Math.max(...of)))
  const everywhere = palette.map((_, label) =>
    measure(
      test.classes,
      test.classes.map(() => label),
    ),
  )
  const best = everywhere.reduce((a, b) => (b.miou > a.miou ? b : a))
  const byPlace = measure(
    test.classes,
    test.classes.map((_, i) => commonest[i % places]!),
  )
  for (const [name, { miou, pixels }] of Object.entries({
    'the best label, the same everywhere': best,
    'the commonest label of each place': byPlace,
  }))
    console.log(`${name}: mIoU ${percent(miou)}, pixel accuracy ${percent(pixels)}`)
}

function measure(truth: Int32Array, predicted: Int32Array): Score {
  const matrix = confusionMatrix(truth, predicted, palette.length)
  return { miou: meanIou(matrix, 'truth').value, pixels: pixelAccuracy(matrix) }
}

const classesOf = (values: Float32Array, width: number): Int32Array =>
  classesOfColors({ values, shape: [values.length / (3 * width), width, 3] }, palette)

interface Choice extends NoisyFacesOptions {
  readonly seed: number
  /** Labelled faces. */
  readonly count: number
  readonly way: Way
}

/** Trains a segmenter, and gives its label maps of the held-out faces. */
async function learn(
  { known, unlabeled }: FaceSets,
  test: TestFaces,
  { way, count, seed, steps }: Choice,
): Promise<Float32Array> {
  // The 100 labelled faces begin with the 50.
  const chosen = randomStream(seed, 'noisy-faces/labelled').permutation(known.pictures.size).slice(0, count)
  const { pictures, labels } = selectFaces(known, chosen.sort())
  const { model, training } = shorten(
    app.presets[way === 'cross-entropy alone' ? 'quick' : 'adversarial']!,
    steps,
  )
  const datasets = {
    picture: pictures,
    labels,
    ...(way === 'and 2,000 unlabelled faces' && { unlabeled }),
  }
  const trainer = await buildTrainer(app, { model, training, seed }, { streams: datasets })
  const batches = Object.fromEntries(
    Object.entries(datasets).map(([name, dataset]) => [name, dataset.batches({ size: batch, seed })]),
  )
  await trainer.fit(batches, { steps })
  const { samples } = await withAverages(trainer, () =>
    drawSamples(trainer.game.generators['segmenter']!, test.count, 0, { condition: test.inputs }),
  )
  for (const each of Object.values(batches)) await each.return?.()
  for (const network of Object.values(trainer.game.networks)) network.dispose()
  trainer.dispose()
  return samples as Float32Array
}

/** A preset in fewer steps: its first steps without D, and without unlabelled faces, are the same shares of all. */
function shorten(
  { model, training }: Preset<Model>,
  steps: number,
): Pick<Preset<Model>, 'model' | 'training'> {
  const share = (first: number) => Math.round((first * steps) / training.steps)
  const adam = (from: number) => coolingAdam(from, steps, { beta1: 0.9 })
  return {
    model: {
      ...model,
      contentSteps: share(model.contentSteps),
      unlabeledFrom: share(model.unlabeledFrom),
    },
    training: {
      ...training,
      steps,
      batch,
      averageDecay: 0.99,
      optimizers: { generator: adam(1e-3), discriminator: adam(1e-4) },
    },
  }
}

/** A picture with the first held-out faces above their label maps. */
function draw(folder: string, name: string, inputs: Float32Array, drawn: Float32Array, size: number): void {
  const [columns, pixels] = [12, 12 * size * size * 3]
  const samples = new Float32Array(2 * pixels)
  samples.set(inputs.subarray(0, pixels))
  samples.set(drawn.subarray(0, pixels), pixels)
  mkdirSync(folder, { recursive: true })
  const grid = tileGrid({ samples, sampleShape: [size, size, 3], count: 2 * columns, columns })
  writeFileSync(join(folder, `${name.replaceAll(/[^\w]+/g, '-')}.png`), encodePng(grid))
}
