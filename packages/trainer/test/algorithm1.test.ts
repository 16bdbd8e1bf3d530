import { allWeights, type Gan, normalPrior, type RandomStream, trainableWeights } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { type Algorithm1Options, adam, algorithm1, createGanTrainer } from '../src/index.ts'
import fixture from './fixtures/algorithm1.json' with { type: 'json' }
import { playUpdate } from './play.ts'
import { points, tinyGan } from './tiny-gan.ts'

const gameOf = (gan: Gan, discriminatorSteps = 1, more: Partial<Algorithm1Options> = {}) =>
  algorithm1({
    gan,
    objective: nonSaturating(),
    optimizers: { generator: adam({ learningRate: 0.01 }), discriminator: adam({ learningRate: 0.01 }) },
    discriminatorSteps,
    ...more,
  })

/** A stream that gives one prepared list of numbers, whatever it is asked for. */
const prepared = (numbers: readonly number[]): RandomStream =>
  ({ normal: () => Float32Array.from(numbers) }) as unknown as RandomStream

test('20 steps give the losses and weights that PyTorch gets', async () => {
  const gan = tinyGan()
  for (const role of ['generator', 'discriminator'] as const) {
    const values = fixture.start[role]
    for (const [index, variable] of [...allWeights(gan[role]).values()].entries())
      variable.assign(tf.tensor(ordered(role, values)[index]!, variable.shape))
  }
  const game = gameOf(gan)
  const [updateD, updateG] = game.rounds(0).flat()
  for (const [step, expected] of fixture.trace.entries()) {
    const random = (move: number) => () => prepared(fixture.latents[step]![move]!)
    const real = tf.tensor2d(fixture.reals[step]!, [8, 2])
    const d = await playUpdate(game, updateD!, { step, batchSize: 8, real, random: random(0) })
    const g = await playUpdate(game, updateG!, { step, batchSize: 8, random: random(1) })
    const got = [d.get('loss'), g.get('loss'), d.get('real'), d.get('fake')].map(s => s!.dataSync()[0]!)
    await expectClose(got, [expected.lossD, expected.lossG, expected.dReal, expected.dFake], 1e-5)
  }
  for (const role of ['generator', 'discriminator'] as const)
    for (const [index, variable] of [...allWeights(gan[role]).values()].entries())
      await expectClose(variable, ordered(role, fixture.end[role])[index]!, 1e-5)
})

/** PyTorch's order is layer by layer; tfjs puts the statistics, which aren't trained, last. */
function ordered(role: 'generator' | 'discriminator', values: number[][]): number[][] {
  if (role === 'discriminator') return values
  const [kernel1, gamma, beta, mean, variance, kernel2, bias2] = values
  return [kernel1!, gamma!, beta!, kernel2!, bias2!, mean!, variance!]
}

const copy = (model: tf.LayersModel) =>
  new Map([...allWeights(model)].map(([name, weight]) => [name, weight.dataSync().slice()]))

test.each([0, 1])(
  'update %i leaves every weight and statistic of the other network bit-unchanged',
  async index => {
    const gan = tinyGan({ discriminatorNorm: true, dropout: 0.5 })
    const trainer = createGanTrainer({ gan, objective: nonSaturating() })
    await trainer.fit(points(), { steps: 3 })
    const own = index === 0 ? gan.discriminator : gan.generator
    const other = index === 0 ? gan.generator : gan.discriminator
    const before = { own: copy(own), other: copy(other) }
    const { randomStream } = await import('@gankit/core')
    const batch = await points().next()
    const game = gameOf(gan)
    await playUpdate(game, game.rounds(0).flat()[index]!, {
      step: 3,
      batchSize: 8,
      real: batch.value.samples,
      random: purpose => randomStream(1, purpose),
    })
    expect(copy(other)).toEqual(before.other)
    const after = copy(own)
    for (const [name, values] of before.own) expect(after.get(name), name).not.toEqual(values)
  },
)

test('k discriminator updates come before one of the generator, each with its own real samples', async () => {
  expect(playersOf(gameOf(tinyGan(), 3), 0)).toEqual([['D'], ['D'], ['D'], ['G']])
  const trainer = createGanTrainer({ gan: tinyGan(), objective: nonSaturating(), discriminatorSteps: 3 })
  const batches = points()
  await trainer.fit(batches, { steps: 2 })
  expect(batches.position().batch).toBe(6)
  expect(trainer.samplesSeen).toBe(48)
})

test('D is updated alone at first, and both at once where that is chosen', () => {
  const game = gameOf(tinyGan(), 2, { warmUpDiscriminator: 3, simultaneous: true })
  expect(playersOf(game, 2)).toEqual([['D'], ['D']])
  expect(playersOf(game, 3)).toEqual([['D'], ['D', 'G']])
})

/** Who moves in which round of a step. */
function playersOf(game: ReturnType<typeof algorithm1>, step: number): string[][] {
  return game.rounds(step).map(round => round.map(({ player }) => player[0]!.toUpperCase()))
}

test('gradients go through the seam before they are applied', async () => {
  const gan = tinyGan()
  const before = copy(gan.discriminator)
  const seen: string[] = []
  const trainer = createGanTrainer({
    gan,
    objective: nonSaturating(),
    reduceGradients(gradients, update) {
      seen.push(update.player)
      expect([...gradients.keys()]).toEqual([...update.weights.keys()])
      if (update.player === 'generator') return gradients
      return new Map([...gradients].map(([name, gradient]) => [name, tf.zerosLike(gradient)]))
    },
  })
  const tensors = tf.memory().numTensors
  await trainer.fit(points(), { steps: 1 })
  expect(seen).toEqual(['discriminator', 'generator'])
  expect(copy(gan.discriminator)).toEqual(before)
  expect(tf.memory().numTensors - tensors).toBe(
    2 * (trainableWeights(gan.discriminator).size + trainableWeights(gan.generator).size),
  )
})

test('a latent with another prior is what the generator gets', async () => {
  const gan = { ...tinyGan(), latent: { size: 3, prior: normalPrior(100, 1e-3) } }
  let seen: Float32Array | undefined
  const apply = gan.generator.apply.bind(gan.generator)
  gan.generator.apply = (inputs, kwargs) => {
    seen ??= (inputs as tf.Tensor).dataSync<'float32'>().slice()
    return apply(inputs, kwargs)
  }
  await createGanTrainer({ gan, objective: nonSaturating() }).fit(points(), { steps: 1 })
  expect(Math.min(...seen!)).toBeGreaterThan(99)
})
