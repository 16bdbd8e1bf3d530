/**
 * Trains the classifier behind `cartoonFaceFeatures` and writes src/extractors/cartoon-face-weights.data.ts:
 * `npx tsx --conditions=@gankit/source scripts/train-cartoon-faces.ts`. The backend is the fastest there is, or the one that GANKIT_BACKEND names.
 */
import { fileURLToPath } from 'node:url'
import type { Attribute, Batches } from '@gankit/core'
import { cartoonFaces } from '@gankit/datasets/node'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { cartoonFaceNet } from '../src/extractors/cartoon-face-features.ts'
import { computeFeatures, computeLogits, loadShippedWeights } from '../src/extractors/conv-net.ts'
import { evaluate } from './training/evaluate.ts'
import { type LabeledBatch, trainNet } from './training/train-net.ts'
import { writeWeights } from './training/write-weights.ts'

const seed = 1
const batch = 64
const epochs = 10
/** Faces stand still at first: what is small and faint, such as noses, isn't found while everything moves. */
const still = 3
/** Pixels by which they move either way afterwards, since a generator's faces don't stand to the pixel. */
const move = 1
/** Other faces than those of the default seed, 0, which GANs learn from and figures are measured on. */
const trained = { count: 12_000, seed: 1 }
const heldOut = { count: 2_000, seed: 0 }

const { backend, threads } = await selectBackend()
const faces = await cartoonFaces(trained)
const attributes = faces.attributes!
const heads = attributes.map(({ values }) => values.length)

async function* labeled(batches: Batches): AsyncGenerator<LabeledBatch> {
  for await (const { samples, attributes } of batches)
    yield { images: samples as tf.Tensor4D, labels: attributes! }
}

async function* lessons(): AsyncGenerator<LabeledBatch> {
  yield* labeled(faces.batches({ size: batch, seed, epochs: still }))
  yield* labeled(faces.batches({ size: batch, seed: seed + 1, augment: { translate: move } }))
}

const started = performance.now()
const weights = await trainNet({
  net: cartoonFaceNet,
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
await faces.close?.()
const seconds = Math.round((performance.now() - started) / 1000)

const file = fileURLToPath(new URL('../src/extractors/cartoon-face-weights.data.ts', import.meta.url))
const listed = attributes.map(({ name, values }: Attribute) => JSON.stringify({ name, values })).join(',\n  ')
const title = `/**
 * NetWeights of the classifier of cartoon faces, 16-bit floats: see models/cartoon-faces.md. Learnt from faces drawn with
 * "Personas by Draftbit" (Draftbit, CC BY 4.0). Written by scripts/train-cartoon-faces.ts.
 */
/** What its logits distinguish, in their order. */
export const attributes: readonly { readonly name: string; readonly values: readonly string[] }[] = [
  ${listed},
]`
const written = await writeWeights(file, title, cartoonFaceNet, weights)

// What is printed is of the rounded weights that are shipped.
const { halfBase64 } = (await import('../src/extractors/cartoon-face-weights.data.ts')) as {
  halfBase64: string
}
const shipped = loadShippedWeights(cartoonFaceNet, halfBase64)

async function report({ count, seed }: { count: number; seed: number }, translate = 0) {
  const codes: Uint8Array[] = []
  const logits: tf.Tensor2D[] = []
  const faces = await cartoonFaces({ count, seed })
  const inOrder = { size: 250, shuffle: false, epochs: 1, augment: { translate } }
  for await (const { images, labels } of labeled(faces.batches(inOrder))) {
    logits.push(computeLogits(shipped, computeFeatures(cartoonFaceNet, shipped, images)))
    codes.push(labels)
    images.dispose()
  }
  await faces.close?.()
  const all = tf.concat(logits)
  const labels = Buffer.concat(codes)
  let from = 0
  return attributes.map(({ name, values }, head) => {
    const own = tf.slice(all, [0, from], [-1, values.length])
    from += values.length
    const classes = Uint8Array.from({ length: count }, (_, i) => labels[i * heads.length + head]!)
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
