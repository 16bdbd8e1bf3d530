import { type Gan, GankitError } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../src/checkpoints.ts'
import {
  adam,
  createGanTrainer,
  hashWeights,
  restoreSnapshot,
  type StepEvent,
  type TrainerEvent,
  takeSnapshot,
} from '../src/index.ts'
import { points, tinyGan } from './tiny-gan.ts'

const trainerOf = (gan: Gan = tinyGan({ discriminatorNorm: true, dropout: 0.3 }), seed = 1) =>
  createGanTrainer({ gan, objective: nonSaturating(), seed, averageDecay: 0.9 })

test('a run tells its start, every step and its end', async () => {
  const events: TrainerEvent[] = []
  for await (const event of trainerOf().run(points(), { steps: 3 })) events.push(event)
  expect(events.map(event => `${event.type} ${event.step}`)).toEqual([
    'start 0',
    'step 1',
    'step 2',
    'step 3',
    'end 3',
  ])
  expect(events.at(-1)).toMatchObject({
    reason: 'done',
    samplesSeen: 24,
    trained: 24,
    values: { 'discriminator/loss': expect.any(Number) },
  })
})

test('numTensors is constant from the second step on', async () => {
  const counts: number[] = []
  for await (const event of trainerOf().run(points(), { steps: 12 }))
    if (event.type === 'step') {
      await event.read()
      counts.push(tf.memory().numTensors)
    }
  expect(new Set(counts.slice(1)).size).toBe(1)
})

test('what a trainer made is gone after dispose; the networks stay', async () => {
  const gan = tinyGan()
  const before = tf.memory().numTensors
  const trainer = trainerOf(gan)
  await trainer.fit(points(), { steps: 2 })
  trainer.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test('the same seed gives the same weights, another seed others', async () => {
  const hashAfter = async (seed: number) => {
    const trainer = trainerOf(undefined, seed)
    await trainer.fit(points(), { steps: 20 })
    return hashWeights(trainer.game.networks)
  }
  const hash = await hashAfter(4)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(await hashAfter(4)).toBe(hash)
  expect(await hashAfter(5)).not.toBe(hash)
})

test('the hash covers every weight of both networks, statistics included', async () => {
  const gan = tinyGan({ discriminatorNorm: true })
  const hash = await hashWeights({ generator: gan.generator, discriminator: gan.discriminator })
  for (const model of [gan.generator, gan.discriminator])
    for (const weight of model.weights) {
      const kept = weight.read().clone()
      weight.write(kept.add(1e-3))
      expect(
        await hashWeights({ generator: gan.generator, discriminator: gan.discriminator }),
        weight.originalName,
      ).not.toBe(hash)
      weight.write(kept)
    }
  expect(await hashWeights({ generator: gan.generator, discriminator: gan.discriminator })).toBe(hash)
})

test('a step can be read only until the next one', async () => {
  const steps: StepEvent[] = []
  for await (const event of trainerOf().run(points(), { steps: 2 }))
    if (event.type === 'step') steps.push(event)
  expect(() => steps[0]!.read()).toThrow('a step was read after the next one')
})

test('an abort ends the run after the step under way', async () => {
  const controller = new AbortController()
  const trainer = trainerOf()
  const end = await trainer.fit(points(), {
    steps: 1000,
    signal: controller.signal,
    callbacks: [event => void (event.step === 4 && controller.abort())],
  })
  expect(end).toMatchObject({ type: 'end', reason: 'aborted', step: 4, steps: 1000 })
})

test('a run lets signals and timers through', async () => {
  let ticks = 0
  const timer = setInterval(() => ticks++, 1)
  const wait = (ms: number) => {
    const until = performance.now() + ms
    while (performance.now() < until);
  }
  await trainerOf().fit(points(), { steps: 5, callbacks: [() => wait(60)] })
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(2)
})

test('batches that end too early are named as the reason', async () => {
  await expect(trainerOf().fit(points(8, { count: 2 }), { steps: 5 })).rejects.toThrow(
    "[gankit/trainer] the batches of 'real' ended at step 2",
  )
})

test.each([
  [{ discriminatorSteps: 0 }, 'discriminatorSteps is 0'],
  [{ seed: -1 }, 'seed is -1'],
  [{ averageDecay: 1 }, 'averageDecay is 1'],
])('options %o are refused', (options, message) => {
  const make = () => createGanTrainer({ gan: tinyGan(), objective: nonSaturating(), ...options })
  expect(make).toThrow(GankitError)
  expect(make).toThrow(message)
})

test('one optimizer for two networks is refused', () => {
  const one = adam()
  expect(() =>
    createGanTrainer({
      gan: tinyGan(),
      objective: nonSaturating(),
      optimizers: { generator: one, discriminator: one },
    }),
  ).toThrow('players share one optimizer, expected one for each')
})

test('a trainer restored from a snapshot goes on bit for bit', async () => {
  const uninterrupted = trainerOf()
  await uninterrupted.fit(points(), { steps: 17 })

  const first = trainerOf()
  const batches = points()
  await first.fit(batches, { steps: 7 })
  const { state, arrays } = await takeSnapshot(first, { real: batches })
  const stored = decodeSafetensors(encodeSafetensors(arrays), 'snapshot')

  const second = trainerOf()
  restoreSnapshot(second, { state: JSON.parse(JSON.stringify(state)), arrays: stored })
  await second.fit(points(8, { from: state.positions['real']!.batch }), { steps: 17 })
  expect(await hashWeights(second.game.networks)).toBe(await hashWeights(uninterrupted.game.networks))
  expect(second.samplesSeen).toBe(uninterrupted.samplesSeen)
  for (const [name, weight] of uninterrupted.averages['generator']!.weights)
    await expectClose(second.averages['generator']!.weights.get(name)!, weight.dataSync<'float32'>(), 0)
})

test('a snapshot of another model changes nothing', async () => {
  const other = trainerOf(tinyGan())
  const batches = points()
  await other.fit(batches, { steps: 1 })
  const snapshot = await takeSnapshot(other, { real: batches })
  const trainer = trainerOf()
  const hash = await hashWeights(trainer.game.networks)
  expect(() => restoreSnapshot(trainer, snapshot)).toThrow(
    "'discriminator/norm_1/gamma' as [nothing], expected [4]",
  )
  expect(await hashWeights(trainer.game.networks)).toBe(hash)
  expect(trainer.step).toBe(0)
})

test('the average follows its formula, and gives the network its own weights back', async () => {
  const gan = tinyGan()
  const trainer = trainerOf(gan)
  const weight = [...trainer.averages['generator']!.weights.keys()][0]!
  const own = () => gan.generator.weights[0]!.read().dataSync<'float32'>().slice()
  let expected = Array.from(own())
  await trainer.fit(points(), {
    steps: 20,
    callbacks: [
      event => {
        if (event.type !== 'step' || event.step % 5 > 0) return
        const share = Math.max(1 - 0.9 ** 5, 5 / (event.step + 5))
        expected = expected.map((average, i) => average + share * (own()[i]! - average))
      },
    ],
  })
  await expectClose(trainer.averages['generator']!.weights.get(weight)!, expected, 1e-6)
  const before = own()
  await trainer.averages['generator']!.withAveragedWeights(() => expectClose(own(), expected, 1e-6))
  expect(own()).toEqual(before)
})
