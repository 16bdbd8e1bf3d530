import { type Batches, forward, randomStream, trainableWeights } from '@gankit/core'
import { glorotUniform } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  createTrainer,
  type Game,
  hashWeights,
  loadCheckpoint,
  memoryStore,
  restoreSnapshot,
  saveCheckpoint,
  sgd,
  type TrainerEvent,
} from '../../src/index.ts'

const linear = (name: string) =>
  tf.sequential({
    name,
    layers: [
      tf.layers.dense({
        name: 'dense',
        units: 1,
        inputShape: [1],
        kernelInitializer: glorotUniform({ seed: 1, purpose: name }),
      }),
    ],
  })

/** Three linear networks in a ring, each of which learns to give what the one before it gives; the first learns x. */
function relay(): Game {
  const names = ['first', 'second', 'third'] as const
  const networks = { first: linear('first'), second: linear('second'), third: linear('third') }
  return {
    networks,
    players: Object.fromEntries(
      names.map(name => [
        name,
        { weights: trainableWeights(networks[name]), optimizer: sgd({ learningRate: 0.2 }) },
      ]),
    ),
    generators: {
      third: { model: networks.third, condition: { kind: 'vector', size: 1 }, sampleShape: [1] },
    },
    streams: ['numbers'],
    scalars: [],
    updatesPerStep: 3,
    rounds: () => [
      names.map((name, i) => ({
        player: name,
        ...(i === 0 ? { nextBatches: ['numbers'] } : { currentBatches: ['numbers'] }),
        loss: ({ batches, shared }) => {
          const x = batches['numbers']!.samples
          const output = forward(networks[name], x)
          const wanted = i === 0 ? tf.mul(x, 2) : shared[names[i - 1]!]!
          return {
            loss: tf.losses.meanSquaredError(wanted, output) as tf.Scalar,
            scalars: { output: tf.mean(output) as tf.Scalar },
            shared: { [name]: output },
          }
        },
      })),
    ],
  }
}

function numbers(from = 0): Batches {
  let batch = from
  return {
    position: () => ({ epoch: 0, batch }),
    async next() {
      const values = randomStream(5, 'numbers', batch++).uniform(16, -1, 1)
      return { done: false, value: { samples: tf.tensor2d(values, [16, 1]) } }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

test('three players learn from one another, and every scalar goes by player and name', async () => {
  const game = relay()
  const trainer = createTrainer({ game, seed: 1 })
  const events: TrainerEvent[] = []
  const tensors: number[] = []
  for await (const event of trainer.run(numbers(), { steps: 200 })) {
    events.push(event)
    if (event.type === 'step') tensors.push(tf.memory().numTensors)
  }
  for (const name of ['first', 'second', 'third'])
    expect(game.networks[name]!.getWeights()[0]!.dataSync()[0]).toBeCloseTo(2, 2)
  const end = events.at(-1)!
  expect(Object.keys(end.type === 'end' ? end.values! : {}).sort()).toEqual(
    ['first', 'second', 'third'].flatMap(name => [`${name}/gradient`, `${name}/loss`, `${name}/output`]),
  )
  expect(trainer.samplesSeen, 'one batch a step, seen by three').toBe(200 * 16)
  expect(new Set(tensors.slice(2)).size, 'no tensor leaks').toBe(1)
})

test('it goes on from a checkpoint bit for bit', async () => {
  const whole = createTrainer({ game: relay(), seed: 1, averageDecay: 0.9 })
  await whole.fit(numbers(), { steps: 30 })
  const first = createTrainer({ game: relay(), seed: 1, averageDecay: 0.9 })
  const store = memoryStore()
  await first.fit(numbers(), {
    steps: 12,
    callbacks: [
      async (event, run) => {
        if (event.type === 'end') await saveCheckpoint(store, await run.snapshot())
      },
    ],
  })
  const { snapshot } = await loadCheckpoint(store)
  const second = createTrainer({ game: relay(), seed: 1, averageDecay: 0.9 })
  restoreSnapshot(second, snapshot)
  await second.fit(numbers(snapshot.state.positions['numbers']!.batch), { steps: 30 })
  expect(await hashWeights(second.game.networks)).toBe(await hashWeights(whole.game.networks))
  const averaged = (trainer: typeof whole) =>
    [...trainer.averages['third']!.weights.values()].map(weight => [...weight.dataSync()])
  expect(averaged(second)).toEqual(averaged(whole))
})

test('a player that is not finite is named, and all of them are rolled back', async () => {
  const game = relay()
  const spoiled: Game = {
    ...game,
    rounds: step =>
      game.rounds(step).map(round =>
        round.map(update => ({
          ...update,
          loss: context => {
            const result = update.loss(context)
            const breaks = update.player === 'second' && step === 4 && context.random('x').bits(1)[0]! > 0
            return breaks && spoils-- > 0
              ? { ...result, loss: result.loss.mul(Number.NaN) as tf.Scalar }
              : result
          },
        })),
      ),
  }
  let spoils = 1
  const trainer = createTrainer({ game: spoiled, seed: 1 })
  const told: string[] = []
  for await (const event of trainer.run(numbers(), { steps: 6, guard: { every: 2 } }))
    if (event.type === 'rollback')
      told.push(`${event.player} ${event.cause} at ${event.step}, to ${event.to}`)
  expect(told).toEqual(['second loss at 4, to 4'])
  expect(game.networks['second']!.getWeights()[0]!.dataSync()[0]).not.toBeNaN()
})

test('a snapshot of another game is refused before anything changes', async () => {
  const trainer = createTrainer({ game: relay() })
  const { second, ...rest } = relay().players
  const other = createTrainer({ game: { ...relay(), players: rest } })
  const { takeSnapshot } = await import('../../src/index.ts')
  const snapshot = await takeSnapshot(other, { numbers: numbers() })
  expect(() => restoreSnapshot(trainer, snapshot)).toThrow(
    'the checkpoint is of players first, third, expected first, second, third: it is of another game',
  )
})

test('streams, names and optimizers that don’t fit are refused in one line', async () => {
  const game = relay()
  const two = createTrainer({ game: { ...game, streams: ['photos', 'paintings'] } })
  await expect(two.fit(numbers(), { steps: 1 })).rejects.toThrow(
    'the game got batches without a name, expected those of photos, paintings: hand them by their names',
  )
  await expect(two.fit({ photos: numbers() }, { steps: 1 })).rejects.toThrow(
    'the game got streams of data photos, expected photos, paintings',
  )
  const shared = {
    ...game.players,
    second: { ...game.players['second']!, optimizer: game.players['first']!.optimizer },
  }
  expect(() => createTrainer({ game: { ...game, players: shared } })).toThrow('players share one optimizer')
  expect(() => createTrainer({ game: { ...game, networks: {} } })).toThrow(
    "generator 'third' is none of the networks",
  )
  expect(() => createTrainer({ game: { ...game, players: { 'a/b': game.players['first']! } } })).toThrow(
    "a network or player is named 'a/b'",
  )
})
