/**
 * Trains a classifier of the attributes of pictures that are drawn here, and writes its weights into src/extractors:
 * `npx tsx --conditions=@gankit/source scripts/train-attributes.ts NAME`, where NAME is cartoon-faces or birds. The backend is
 * the fastest there is, or the one that GANKIT_BACKEND names.
 */
import { fileURLToPath } from 'node:url'
import { type Attribute, type Batches, type Dataset, lookUp } from '@gankit/core'
import { birds, cartoonFaces } from '@gankit/datasets/node'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { birdNet } from '../src/extractors/bird-features.ts'
import { cartoonFaceNet } from '../src/extractors/cartoon-face-features.ts'
import {
  type ConvNet,
  computeFeatures,
  computeLogits,
  loadShippedWeights,
} from '../src/extractors/conv-net.ts'
import { evaluate } from './training/evaluate.ts'
import { type LabeledBatch, trainNet } from './training/train-net.ts'
import { writeWeights } from './training/write-weights.ts'

interface Pictures {
  readonly count: number
  readonly seed: number
}

/** A classifier, and what it learns from. */
interface Course {
  open(pictures: Pictures): Promise<Dataset>
  readonly net: ConvNet
  /** How many pictures it learns from. */
  readonly count: number
  readonly epochs: number
  /** Epochs at first in which pictures stand still: what is small and faint, such as noses, isn't found while everything moves. */
  readonly still: number
  /** The module of its weights in src/extractors. */
  readonly module: string
  /** Lines of that module's comment. */
  readonly about: readonly string[]
}

const courses: Readonly<Record<string, Course>> = {
  'cartoon-faces': {
    open: cartoonFaces,
    net: cartoonFaceNet,
    count: 12_000,
    epochs: 10,
    still: 3,
    module: 'cartoon-face-weights.data.ts',
    about: [
      'Weights of the classifier of cartoon faces, 16-bit floats: see models/cartoon-faces.md. Learnt from faces drawn with',
      '"Personas by Draftbit" (Draftbit, CC BY 4.0).',
    ],
  },
  birds: {
    open: birds,
    net: birdNet,
    count: 20_000,
    epochs: 14,
    still: 3,
    module: 'bird-weights.data.ts',
    about: ['Weights of the classifier of birds, 16-bit floats: see models/birds.md.'],
  },
}

const { open, net, count, epochs, still, module, about } = lookUp(
  'metrics',
  'NAME',
  process.argv[2] ?? '',
  courses,
)
const seed = 1
const batch = 64
/** Pixels by which pictures move either way afterwards, since what a generator draws doesn't stand to the pixel. */
const move = 1
/** Other pictures than those of the default seed, 0, which GANs learn from and figures are measured on. */
const trained = { count, seed: 1 }
const heldOut = { count: 2_000, seed: 0 }

const { backend, threads } = await selectBackend()
const pictures = await open(trained)
const attributes = pictures.attributes!
const heads = attributes.map(({ values }) => values.length)

async function* labeled(batches: Batches): AsyncGenerator<LabeledBatch> {
  for await (const { samples, attributes } of batches)
    yield { images: samples as tf.Tensor4D, labels: attributes! }
}

async function* lessons(): AsyncGenerator<LabeledBatch> {
  yield* labeled(pictures.batches({ size: batch, seed, epochs: still }))
  yield* labeled(pictures.batches({ size: batch, seed: seed + 1, augment: { translate: move } }))
}

const started = performance.now()
const weights = await trainNet({
  net,
  heads,
  seed,
  batch,
  epochs,
  perEpoch: Math.floor(trained.count / batch),
  learningRate: 2e-3,
  dropout: 0.1,
  batches: lessons(),
  report: line => process.stdout.write(`${line}\n`),
})
await pictures.close?.()
const seconds = Math.round((performance.now() - started) / 1000)

const file = fileURLToPath(new URL(`../src/extractors/${module}`, import.meta.url))
const listed = attributes.map(({ name, values }: Attribute) => JSON.stringify({ name, values })).join(',\n  ')
const title = `/**
 * ${[...about, 'Written by scripts/train-attributes.ts.'].join('\n * ')}
 */
/** What its logits distinguish, in their order. */
export const attributes: readonly { readonly name: string; readonly values: readonly string[] }[] = [
  ${listed},
]`
const written = await writeWeights(file, title, net, weights)

// What is printed is of the rounded weights that are shipped.
const { halfBase64 } = (await import(file)) as {
  halfBase64: string
}
const shipped = loadShippedWeights(net, halfBase64)

async function report(given: Pictures, translate = 0) {
  const codes: Uint8Array[] = []
  const logits: tf.Tensor2D[] = []
  const pictures = await open(given)
  const inOrder = { size: 250, shuffle: false, epochs: 1, augment: { translate } }
  for await (const { images, labels } of labeled(pictures.batches(inOrder))) {
    logits.push(computeLogits(shipped, computeFeatures(net, shipped, images)))
    codes.push(labels)
    images.dispose()
  }
  await pictures.close?.()
  const all = tf.concat(logits)
  const labels = Buffer.concat(codes)
  let from = 0
  return attributes.map(({ name, values }, head) => {
    const own = tf.slice(all, [0, from], [-1, values.length])
    from += values.length
    const classes = Uint8Array.from({ length: given.count }, (_, i) => labels[i * heads.length + head]!)
    const { confusions, ...rest } = evaluate(own, classes)
    const named = confusions
      .slice(0, 3)
      .map(([true_, predicted, n]) => `${values[true_]} as ${values[predicted]} ${n}`)
    return { name, ...rest, confusions: named }
  })
}

const result = { backend, threads, tfjs: tf.version_core, seed, epochs, seconds, ...written }
process.stdout.write(`${JSON.stringify(result)}\n`)
for (const line of await report(heldOut)) process.stdout.write(`${JSON.stringify(line)}\n`)
for (const [what, lines] of [
  ['learned from', await report(trained)],
  ['held out, moved by up to 1 pixel', await report(heldOut, 1)],
  ['held out, moved by up to 2 pixels', await report(heldOut, 2)],
] as const)
  process.stdout.write(`${what}: ${lines.map(({ name, accuracy }) => `${name} ${accuracy}`).join(', ')}\n`)
