import { readFileSync } from 'node:fs'
import type { Batches } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { createTrainer, type Game, sgd } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  encodeLabels,
  type Palette,
  patchDiscriminator,
  type SegmentationOptions,
  segmentation,
  type UnlabeledOptions,
  uNet,
} from '../src/index.ts'
import { picture, setSines } from './sines.ts'
import { always, expectSums, take } from './steps.ts'

beforeAll(() => selectBackend())

const steps = JSON.parse(readFileSync(new URL('fixtures/steps.json', import.meta.url), 'utf8'))
const colors = (side: number): [number, number, number] => [side, side, 3]

const imageCondition = (side: number) => ({ kind: 'image', shape: colors(side) }) as const

const palette: Palette = [
  [20, 20, 20],
  [230, 40, 40],
  [40, 200, 60],
  [250, 250, 250],
]

/** The labels of the fixtures, in colors. */
function labels(): tf.Tensor {
  const values = Array.from({ length: 2 * 16 * 16 }, (_, i) => palette[Math.floor((i * 7) / 5) % 4]!)
  return tf.tensor(
    values.flat().map(level => level / 127.5 - 1),
    [2, 16, 16, 3],
  )
}

/** A game of networks with the weights of the fixtures. */
function segmentationGame(options: Partial<SegmentationOptions>, judgeName = 'discriminator') {
  const segmenter = uNet({ inputShape: colors(16), base: 2, outputChannels: 4, output: 'linear' })
  setSines(segmenter, 'segmenter')
  const discriminator = patchDiscriminator({
    inputShape: [16, 16, 4],
    conditionShape: colors(16),
    base: 2,
    patch: 34,
  })
  setSines(discriminator, judgeName)
  const game = segmentation({
    segmenter,
    shown: { model: segmenter, condition: imageCondition(16), sampleShape: [16, 16, 4] },
    discriminator,
    palette,
    objective: nonSaturating(),
    optimizers: { segmenter: sgd({ learningRate: 0.1 }), discriminator: sgd({ learningRate: 0.1 }) },
    ...options,
  })
  return { game, segmenter, discriminator }
}

/** The streams that a game of segmentation reads. */
function segmentationData({ streams }: Game): Record<string, Batches> {
  const all: Record<string, Batches> = {
    picture: always(() => picture('input', [2, 16, 16, 3])),
    labels: always(labels),
    unlabeled: always(() => picture('unlabeled', [2, 16, 16, 3])),
  }
  return Object.fromEntries(streams.map(stream => [stream, all[stream]!]))
}

describe('one step is that of PyTorch', () => {
  test('segmentation against an adversary', async () => {
    const { game, segmenter, discriminator } = segmentationGame({})
    const [scalars] = await take(game, segmentationData(game), 1)
    const { losses, ...weights } = steps.segmentation
    const names = ['discriminator/loss', 'segmenter/cross-entropy', 'segmenter/adversarial']
    for (const [i, name] of names.entries()) expect(scalars!.get(name), name).toBeCloseTo(losses[i], 4)
    expectSums(discriminator, weights.discriminator)
    expectSums(segmenter, weights.segmenter)
  })

  test('segmentation from pictures without labels too', async () => {
    const { losses, threshold, ...weights } = steps['semi-supervised']
    const { game, segmenter, discriminator } = segmentationGame({
      truth: 'plain',
      adversarialWeight: 0.3,
      unlabeled: { adversarialWeight: 0.5, ownLabelsWeight: 2, threshold },
    })
    const [scalars] = await take(game, segmentationData(game), 1)
    const names = ['cross-entropy', 'adversarial', 'own-labels', 'trusted']
    for (const [i, name] of names.entries())
      expect(scalars!.get(`segmenter/${name}`), name).toBeCloseTo(losses[i], 5)
    expectSums(discriminator, weights.discriminator)
    expectSums(segmenter, weights.segmenter)
  })
})

describe('pictures without labels', () => {
  /** All weights of a segmenter, and the scalars of each step. */
  async function learn(options: Partial<SegmentationOptions>, count = 1, judgeName?: string) {
    const { game, segmenter, discriminator } = segmentationGame(options, judgeName)
    const data = segmentationData(game)
    const scalars = await take(game, data, count)
    const weights = segmenter.trainableWeights.map(weight => [...weight.read().dataSync()])
    const judged = discriminator.trainableWeights.map(weight => [...weight.read().dataSync()])
    return { weights, judged, scalars, read: data['unlabeled']?.position().batch ?? 0 }
  }
  const only = { adversarialWeight: 0, ownLabelsWeight: 0 }

  test('change nothing before their first step, nor are they read', async () => {
    const unlabeled = { from: 2, ownLabelsWeight: 5 }
    const [without, before, behind] = [
      await learn({}, 2),
      await learn({ unlabeled }, 2),
      await learn({ unlabeled }, 3),
    ]
    expect(before.weights).toEqual(without.weights)
    expect([before.read, behind.read]).toEqual([0, 1])
    // What a step has no value for is not a number.
    const trusted = behind.scalars.map(step => Number.isFinite(step.get('segmenter/trusted')))
    expect(trusted).toEqual([false, false, true])
    expect(behind.weights).not.toEqual((await learn({}, 3)).weights)
  })

  test('are no part of what D learns from, and of nothing where they weigh nothing', async () => {
    const without = await learn({})
    expect((await learn({ unlabeled: only })).weights).toEqual(without.weights)
    const heavy = await learn({ unlabeled: { adversarialWeight: 3, ownLabelsWeight: 3 } })
    expect(heavy.judged).toEqual(without.judged)
    expect(heavy.weights).not.toEqual(without.weights)
  })

  test('are taken at their word everywhere at a threshold of 0, nowhere at 1', async () => {
    const learnAt = (threshold: number) =>
      learn({ unlabeled: { adversarialWeight: 0, ownLabelsWeight: 2, threshold } })
    const [all, none] = [await learnAt(0), await learnAt(1)]
    expect(all.scalars[0]!.get('segmenter/trusted')).toBe(1)
    expect(none.scalars[0]!.get('segmenter/trusted')).toBe(0)
    expect(none.scalars[0]!.get('segmenter/own-labels')).toBe(0)
    expect(none.weights).toEqual((await learn({})).weights)
    // Of all places it is the mean of −log of the greatest probability.
    const { segmenter } = segmentationGame({})
    const mean = tf.tidy(() =>
      tf
        .logSoftmax(segmenter.predict(picture('unlabeled', [2, 16, 16, 3])) as tf.Tensor)
        .max(-1)
        .mean()
        .neg()
        .dataSync(),
    )
    expect(all.scalars[0]!.get('segmenter/own-labels')).toBeCloseTo(mean[0]!, 5)
  })

  test('give no gradient through their own labels, nor through what D believes', async () => {
    const ownLabels = { adversarialWeight: 0, ownLabelsWeight: 2, threshold: 0 }
    const settings = { adversarialWeight: 0, unlabeled: ownLabels }
    // Another D, which all places pass as well, moves the segmenter as much.
    const [one, other] = [await learn(settings), await learn(settings, 1, 'another discriminator')]
    expect(other.judged).not.toEqual(one.judged)
    expect(other.weights).toEqual(one.weights)
    // The same labels, given as such, do it by cross-entropy alone.
    const { segmenter } = segmentationGame({})
    const [x, u] = [picture('input', [2, 16, 16, 3]), picture('unlabeled', [2, 16, 16, 3])]
    const truth = encodeLabels(labels(), palette)
    const own = tf.tidy(() => tf.oneHot((segmenter.predict(u) as tf.Tensor).argMax(-1).toInt(), 4))
    const entropy = (picture: tf.Tensor, truth: tf.Tensor) =>
      tf.losses.softmaxCrossEntropy(
        truth.reshape([-1, 4]),
        (segmenter.apply(picture, { training: true }) as tf.Tensor).reshape([-1, 4]),
      ) as tf.Scalar
    tf.train.sgd(0.1).minimize(() => tf.add(entropy(x, truth), tf.mul(entropy(u, own), 2)) as tf.Scalar)
    for (const [i, weight] of segmenter.trainableWeights.entries())
      for (const [j, value] of weight.read().dataSync().entries())
        expect(Math.abs(value - one.weights[i]![j]!)).toBeLessThan(1e-5)
  })

  test('leave no tensor behind', async () => {
    const { game } = segmentationGame({ unlabeled: { from: 1, threshold: 0.5 } })
    const trainer = createTrainer({ game, seed: 1 })
    const counts: number[] = []
    for await (const event of trainer.run(segmentationData(game), { steps: 6 }))
      if (event.type === 'step') counts.push(tf.memory().numTensors)
    expect(new Set(counts.slice(2)).size).toBe(1)
    trainer.dispose()
  })

  test.each<[string, UnlabeledOptions | object, string]>([
    ['a step that is none', { from: -1 }, 'unlabeled.from is -1, expected a whole number of at least 0'],
    [
      'a weight below 0',
      { ownLabelsWeight: -1 },
      'unlabeled.ownLabelsWeight is -1, expected a number from 0',
    ],
    ['no number', { adversarialWeight: Number.NaN }, 'unlabeled.adversarialWeight is NaN'],
    ['a threshold above 1', { threshold: 2 }, 'unlabeled.threshold is 2, expected a number from 0 to 1'],
  ])('%s is refused', (_, unlabeled, message) => {
    expect(() => segmentationGame({ unlabeled })).toThrow(message)
  })
})
