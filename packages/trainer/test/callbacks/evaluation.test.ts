import { selectGenerator } from '@gankit/core'
import { drawSamples, type Samples } from '@gankit/inference'
import { nonSaturating } from '@gankit/losses'
import * as tf from '@tensorflow/tfjs'
import { expect, test, vi } from 'vitest'
import {
  type BestSoFar,
  type Callback,
  checkpoints,
  createGanTrainer,
  type EvaluationOptions,
  evaluation,
  hashWeights,
  loadCheckpoint,
  memoryStore,
  type TrainerEvent,
} from '../../src/index.ts'
import { points, tinyGan } from '../tiny-gan.ts'

const trainerOf = (averageDecay?: number) =>
  createGanTrainer({
    gan: tinyGan(),
    objective: nonSaturating(),
    seed: 4,
    ...(averageDecay !== undefined && { averageDecay }),
  })

/** Measures by a list of values, one after the other. */
const listed = (...values: number[]) => {
  let at = 0
  return async () => ({ distance: { value: values[at++]!, better: 'less' as const, floor: 0.5 } })
}

async function train(options: Partial<EvaluationOptions>, steps: number, others = memoryStore()) {
  const { callback, best } = evaluation({ every: 2, measure: listed(), budget: 1, ...options })
  const told: TrainerEvent[] = []
  const trainer = trainerOf()
  const callbacks = [callback, checkpoints({ store: others, every: 2, best, keep: { last: 1 } })]
  for await (const event of trainer.run(points(), { steps, callbacks })) told.push(event)
  return { told, best: best(), hash: await hashWeights(trainer.game.networks) }
}

test('measures every so many steps and at the end, and keeps the best', async () => {
  const kept: BestSoFar[] = []
  const store = memoryStore()
  const keep = (best: BestSoFar) => void kept.push(best)
  const { told, best } = await train({ measure: listed(3, 1, 2, 4), keep }, 7, store)
  const seen = told.filter(({ type }) => type === 'metrics')
  expect(seen.map(({ step }) => step)).toEqual([2, 4, 6, 7])
  expect(seen[2]).toMatchObject({
    metrics: { distance: { value: 2, floor: 0.5 } },
    best: { metric: 'distance', value: 1, step: 4 },
  })
  expect(kept.map(({ step }) => step)).toEqual([2, 4])
  expect(best).toEqual({ metric: 'distance', value: 1, step: 4 })
  // The best state's checkpoint stays beside the last one.
  expect(await store.list()).toEqual([4, 7])
  expect((await loadCheckpoint(store)).best).toEqual(best)
})

test('more may be better, and what is not a number is never the best', async () => {
  const values = [0.2, Number.NaN, 0.6, 0.4]
  const measure = async () => ({ recall: { value: values.shift()!, better: 'more' as const } })
  expect((await train({ measure }, 8)).best).toEqual({ metric: 'recall', value: 0.6, step: 6 })
})

test('a run that goes on keeps what was better before', async () => {
  const from = { metric: 'distance', value: 1.5, step: 1 }
  expect((await train({ measure: listed(3, 2), from }, 4)).best).toEqual(from)
  expect((await train({ measure: listed(3, 1), from }, 4)).best).toMatchObject({ value: 1, step: 4 })
})

test('neither weights nor tensors change by it, and the average is what is measured', async () => {
  const plain = trainerOf()
  await plain.fit(points(), { steps: 6 })
  expect((await train({ measure: listed(3, 2, 1) }, 6)).hash).toBe(await hashWeights(plain.game.networks))

  const trainer = trainerOf(0.9)
  const drawn: Samples[] = []
  const measure = async (samples: Samples) => {
    drawn.push(samples)
    return {}
  }
  await trainer.fit(points(), { steps: 2 })
  const before = tf.memory().numTensors
  await trainer.fit(points(), { steps: 4, callbacks: [evaluation({ every: 4, measure, count: 5 }).callback] })
  expect(tf.memory().numTensors).toBe(before)
  const [latest] = drawn
  expect(latest).toMatchObject({ count: 5 })
  const generator = selectGenerator(trainer.gan)
  expect((await drawSamples(generator, 5, 0)).samples).not.toEqual(latest!.samples)
  await trainer.averages['generator']!.withAveragedWeights(async () =>
    expect((await drawSamples(generator, 5, 0)).samples).toEqual(latest!.samples),
  )
})

test('what takes more than its share is left out until its share is due again, and at the end measured', async () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const measured: number[] = []
  const measure = async (_: Samples, step: number) => {
    measured.push(step)
    now += 300
    return {}
  }
  const pass: Callback = ({ type }) => {
    if (type === 'step') now += 100
  }
  const callbacks = [pass, evaluation({ every: 2, measure, budget: 0.3 }).callback]
  await trainerOf()
    .fit(points(), { steps: 9, callbacks })
    .finally(() => vi.restoreAllMocks())
  // 300 ms are 0.3 of the run's time once a second has passed: 300 ms of measuring, and 700 ms of seven steps.
  expect(measured).toEqual([2, 8, 9])
})

test('a measurement that fails is a warning, and the run goes on', async () => {
  const measure = async () => {
    throw new Error('all images are flat')
  }
  const { told } = await train({ measure }, 3)
  expect(told.filter(({ type }) => type === 'warning')).toEqual([
    { type: 'warning', step: 2, message: 'not measured: all images are flat' },
    { type: 'warning', step: 3, message: 'not measured: all images are flat' },
  ])
  expect(told.find(({ type }) => type === 'end')).toMatchObject({ reason: 'done', step: 3 })
})

test('options out of range, and a best that nobody measures, are refused', async () => {
  const measure = listed(1)
  expect(() => evaluation({ every: 0, measure })).toThrow('every is 0, expected a whole number of at least 1')
  expect(() => evaluation({ every: 1, measure, budget: 0 })).toThrow('budget is 0, expected a number above 0')
  await expect(train({ measure, best: 'recall' }, 2)).rejects.toThrow(
    "best is 'recall', expected one of: distance",
  )
})
