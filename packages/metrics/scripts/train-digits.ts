/**
 * Trains the classifier behind `digitFeatures` and writes src/extractors/digit-weights.data.ts:
 * `npx tsx --conditions=@gankit/source scripts/train-digits.ts`. The backend is the fastest there is, or the one that GANKIT_BACKEND names.
 */
import { fileURLToPath } from 'node:url'
import { randomStream } from '@gankit/core'
import { mnist } from '@gankit/datasets'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { computeFeatures, computeLogits, loadShippedWeights } from '../src/extractors/conv-net.ts'
import { digitNet, digitsSplit } from '../src/extractors/digit-features.ts'
import { evaluate } from './training/evaluate.ts'
import { type Jitter, jittered } from './training/jitter.ts'
import { type LabeledBatch, trainNet } from './training/train-net.ts'
import { writeWeights } from './training/write-weights.ts'

const seed = 1
const batch = 64
const epochs = 24
const side = 28
const jitter: Jitter = { turn: 12, stretch: 0.1, move: 1.5 }

const { backend, threads } = await selectBackend()
const all = await (await mnist()).batches({ size: 10_000, shuffle: false }).next()
const digits = all.value!.samples as tf.Tensor4D
const labels = Uint8Array.from(all.value!.labels!)
const bytes = Uint8Array.from(await digits.data(), value => Math.round((value + 1) * 127.5))

const { trained, heldOut } = digitsSplit
const perEpoch = Math.floor((trained.to - trained.from) / batch)

async function* batches(): AsyncGenerator<LabeledBatch> {
  for (let epoch = 0; ; epoch++) {
    const order = randomStream(seed, 'metrics/digits/order', epoch).permutation(trained.to - trained.from)
    const random = randomStream(seed, 'metrics/digits/jitter', epoch)
    for (let b = 0; b < perEpoch; b++) {
      const chosen = order.subarray(b * batch, (b + 1) * batch).map(index => trained.from + index)
      const values = new Float32Array(batch * side * side)
      for (const [row, index] of chosen.entries())
        jittered(
          bytes.subarray(index * side * side, (index + 1) * side * side),
          side,
          jitter,
          random.uniform(4),
          values.subarray(row * side * side, (row + 1) * side * side),
        )
      yield {
        images: tf.tensor4d(values, [batch, side, side, 1]),
        labels: Uint8Array.from(chosen, index => labels[index]!),
      }
    }
  }
}

const started = performance.now()
const weights = await trainNet({
  net: digitNet,
  heads: [10],
  seed,
  batch,
  epochs,
  perEpoch,
  learningRate: 2e-3,
  dropout: 0.3,
  batches: batches(),
  report: line => process.stdout.write(`${line}\n`),
})
const seconds = Math.round((performance.now() - started) / 1000)
const file = fileURLToPath(new URL('../src/extractors/digit-weights.data.ts', import.meta.url))
const title = `/**
 * NetWeights of the digits classifier, 16-bit floats: see models/digits.md. Learnt from MNIST (Yann LeCun, Corinna Cortes,
 * Christopher Burges; CC BY-SA 3.0). Written by scripts/train-digits.ts.
 */`
const written = await writeWeights(file, title, digitNet, weights)

// What is printed is of the rounded weights that are shipped.
const { halfBase64 } = (await import('../src/extractors/digit-weights.data.ts')) as { halfBase64: string }
const shipped = loadShippedWeights(digitNet, halfBase64)
const report = (from: number, to: number) => {
  const images = tf.slice(digits, from, to - from)
  const logits = computeLogits(shipped, computeFeatures(digitNet, shipped, images))
  return evaluate(logits, labels.subarray(from, to))
}
const result = {
  backend,
  threads,
  tfjs: tf.version_core,
  seed,
  epochs,
  seconds,
  ...written,
  trained: report(trained.from, trained.to),
  heldOut: report(heldOut.from, heldOut.to),
}
process.stdout.write(`${JSON.stringify(result)}\n`)
