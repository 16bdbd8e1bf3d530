import { randomStream } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { findingNames } from '../../src/doctor.ts'
import {
  createGanTrainer,
  type DoctorOptions,
  doctor,
  type FindingEvent,
  hashWeights,
  type RunContext,
  type ScalarValues,
  type TrainerEvent,
} from '../../src/index.ts'
import { points, tinyGan } from '../tiny-gan.ts'

const healthy: ScalarValues = {
  'discriminator/loss': 1.3,
  'generator/loss': 0.7,
  'discriminator/real': 0.6,
  'discriminator/fake': 0.4,
  'discriminator/gradient': 1,
  'generator/gradient': 1,
}
const won: ScalarValues = {
  ...healthy,
  'discriminator/loss': 0.001,
  'discriminator/real': 0.999,
  'discriminator/fake': 0.001,
}

/** Steps, with their evaluation, that only the doctor sees; how many were read, and what it told. */
async function watched(options: DoctorOptions, steps: number, valuesAt: (step: number) => ScalarValues) {
  const told: FindingEvent[] = []
  const run = { emit: (event: FindingEvent) => void told.push(event) } as unknown as RunContext
  let reads = 0
  const callback = doctor(options)
  const send = async (event: TrainerEvent) => callback(event, run)
  await send({ type: 'start', step: 0, scalars: [] })
  for (let step = 1; step <= steps; step++)
    await send({
      type: 'step',
      step,
      samplesSeen: step,
      seconds: step,
      read: async () => {
        reads++
        return valuesAt(step)
      },
    })
  return { told, reads, send }
}

describe('when it is told', () => {
  test('reads every 50 steps, and not in between', async () => {
    expect((await watched({}, 500, () => healthy)).reads).toBe(10)
    expect((await watched({ every: 7 }, 500, () => healthy)).reads).toBe(71)
  })

  test('the first steps are not judged', async () => {
    expect((await watched({}, 450, () => won)).told).toEqual([])
    const { told } = await watched({}, 500, () => won)
    expect(told).toMatchObject([{ type: 'finding', step: 500, name: 'discriminator-saturated' }])
    expect(told[0]!.advice).toContain('make D weaker')
    expect((await watched({ warmUp: 1000 }, 1250, () => won)).told).toEqual([])
  })

  test('a loss beyond all bounds is told at once, in the first steps too', async () => {
    const lost = { ...won, 'generator/loss': 2.14e10, 'discriminator/loss': 0, 'generator/gradient': 0 }
    const { told } = await watched({}, 400, () => lost)
    expect(told).toMatchObject([{ step: 50, name: 'diverged' }])
    expect(told[0]!.evidence).toBe('the loss of G is 2.1e+10')
    const wild = { ...healthy, 'generator/loss': -900, 'discriminator/loss': 4000 }
    expect((await watched({}, 400, () => wild)).told).toEqual([])
  })

  test('a failure that lasts is told once, and so is one that flickers', async () => {
    expect((await watched({}, 5000, () => won)).told).toHaveLength(1)
    const flickers = await watched({}, 5000, step => (step % 1000 < 400 ? healthy : won))
    expect(flickers.told.filter(({ name }) => name === 'discriminator-saturated')).toHaveLength(1)
  })

  test('one that comes back after it has been gone for long is told anew', async () => {
    const back = (step: number) => (step < 1000 || step > 3000 ? won : healthy)
    expect((await watched({}, 5000, back)).told.map(({ step }) => step)).toEqual([500, 3300])
    expect((await watched({ quiet: 4000 }, 5000, back)).told.map(({ step }) => step)).toEqual([500])
  })

  test('only what is asked for', async () => {
    expect((await watched({ checks: ['oscillation'] }, 2000, () => won)).told).toEqual([])
  })

  test('a rollback is the end of an explosion, and takes its readings along', async () => {
    const { told, send } = await watched({}, 450, () => won)
    const back = { type: 'rollback', step: 460, to: 0, attempt: 1, tries: 3, learningRateScale: 0.5 } as const
    await send({ ...back, player: 'discriminator', cause: 'gradient' })
    expect(told).toMatchObject([{ name: 'exploding-gradients', step: 460 }])
    expect(told[0]!.evidence).toBe(
      'the gradient of the discriminator was not finite after step 460; the run went back to 0',
    )
    const read = async () => won
    await send({ type: 'step', step: 250, samplesSeen: 0, seconds: 0, read })
    expect(told, 'five readings of before are gone').toHaveLength(1)
  })

  test('a second run starts without memory of the first', async () => {
    const { told, send } = await watched({}, 500, () => won)
    await send({ type: 'start', step: 500, scalars: [] })
    await send({ type: 'step', step: 550, samplesSeen: 0, seconds: 0, read: async () => won })
    expect(told).toHaveLength(1)
  })
})

describe('what it leaves behind', () => {
  const real = () => randomStream(1, 'real').uniform(2 * 100, -1, 1)
  const train = async (options?: DoctorOptions) => {
    const gan = tinyGan({ discriminatorNorm: true })
    const trainer = createGanTrainer({ gan, objective: nonSaturating(), averageDecay: 0.9 })
    const tensors: number[] = []
    const callbacks = options ? [doctor(options)] : []
    for await (const event of trainer.run(points(), { steps: 12, callbacks }))
      if (event.type === 'step') tensors.push(tf.memory().numTensors)
    const hash = await hashWeights({ generator: gan.generator, discriminator: gan.discriminator })
    trainer.dispose()
    return { hash, tensors }
  }

  test('the networks, their statistics, the average and the batches as without it, and no tensor', async () => {
    const alone = await train()
    const options = { every: 2, samplesEvery: 3, warmUp: 0, objective: nonSaturating() }
    const seen = await train({ ...options, real: () => tf.tensor2d(real(), [100, 2]) })
    expect(seen.hash).toBe(alone.hash)
    const growth = ({ tensors }: { tensors: number[] }) => tensors.map(count => count - tensors[1]!).slice(1)
    expect(growth(seen)).toEqual(growth(alone))
  })

  test('it looks at the average of G, in inference, and asks for real samples once', async () => {
    const gan = tinyGan()
    let asked = 0
    const trainer = createGanTrainer({ gan, objective: nonSaturating(), averageDecay: 0.9 })
    const drawn: number[] = []
    const apply = gan.generator.apply.bind(gan.generator)
    const average = [...trainer.averages['generator']!.weights.values()][0]!
    const [name] = [...trainer.averages['generator']!.weights.keys()]
    gan.generator.apply = (input, how) => {
      if (!how?.['training']) {
        const own = gan.generator.weights.find(weight => weight.originalName === name)!.read()
        drawn.push(tf.tidy(() => tf.max(tf.abs(tf.sub(own, average))).dataSync()[0]!))
      }
      return apply(input, how)
    }
    const ask = () => {
      asked++
      return real()
    }
    await trainer.fit(points(), { steps: 12, callbacks: [doctor({ samplesEvery: 4, warmUp: 0, real: ask })] })
    expect(drawn).toEqual([0, 0, 0])
    expect(asked).toBe(1)
    trainer.dispose()
  })

  test.each([
    ['no real samples are given', {}],
    ['looks are switched off', { real, samplesEvery: 0 }],
    ['nothing needs them', { real, samplesEvery: 2, checks: ['oscillation' as const] }],
  ])('draws nothing where %s', async (_, options) => {
    const gan = tinyGan()
    const trainer = createGanTrainer({ gan, objective: nonSaturating() })
    let drawn = 0
    const apply = gan.generator.apply.bind(gan.generator)
    gan.generator.apply = (input, how) => {
      if (!how?.['training']) drawn++
      return apply(input, how)
    }
    await trainer.fit(points(), { steps: 8, callbacks: [doctor({ warmUp: 0, ...options })] })
    expect(drawn).toBe(0)
    trainer.dispose()
  })
})

test('real samples of another shape are an error that says so', async () => {
  const trainer = createGanTrainer({ gan: tinyGan(), objective: nonSaturating() })
  const callbacks = [doctor({ samplesEvery: 2, warmUp: 0, real: () => new Float32Array(33) })]
  await expect(trainer.fit(points(), { steps: 4, callbacks })).rejects.toThrow(
    'the doctor got 33 numbers of real samples, expected samples of 2',
  )
  trainer.dispose()
})

test.each([
  [{ every: 0 }, 'every is 0, expected a whole number of at least 1'],
  [{ samplesEvery: -1 }, 'samplesEvery is -1, expected a whole number of at least 0'],
  [{ count: 8 }, 'count is 8, expected a whole number of at least 16'],
  [{ keep: 32 }, 'keep is 32, expected a whole number of at least 64'],
  [{ warmUp: 0.5 }, 'warmUp is 0.5, expected a whole number of at least 0'],
  [{ quiet: 0 }, 'quiet is 0, expected a whole number of at least 1'],
  [{ seed: -1 }, 'seed is -1, expected'],
  [{ checks: ['cold' as never] }, `check is 'cold', expected one of: ${findingNames.join(', ')}`],
])('%o is refused', (options, message) => {
  expect(() => doctor(options)).toThrow(message)
})
