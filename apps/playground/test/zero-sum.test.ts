import { randomStream } from '@gankit/core'
import { createTrainer, type Game, sgd, type Update } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { bilinearDefaults, type Method } from '../src/zero-sum/settings.ts'
import { softmax } from '../src/zero-sum/steps.ts'
import { startTrajectory, type Trajectory } from '../src/zero-sum/trajectory.ts'

const rates = [0.02, 0.1, 0.5]

function run(kind: Trajectory['kind'], method: Method, rate: number, steps: number): Trajectory {
  const trajectory = startTrajectory(kind, { ...bilinearDefaults, method, rate, x: 0.8, y: -0.3 })
  for (let i = 0; i < steps; i++) trajectory.take()
  return trajectory
}

describe('min over x, max over y of x·y', () => {
  test.each(rates)('simultaneous steps of %f grow by √(1 + η²) each', rate => {
    const { distances, points } = run('bilinear', 'simultaneous', rate, 60)
    for (let i = 1; i < distances.length; i++)
      expect(distances[i]! / distances[i - 1]!).toBeCloseTo(Math.sqrt(1 + rate ** 2), 10)
    // A turn by arctan η, as (1 + iη)ⁿ says.
    const angle = ([x, y]: number[]) => Math.atan2(y!, x!)
    const turn = (angle(points[1]!) - angle(points[0]!) + 2 * Math.PI) % (2 * Math.PI)
    expect(turn).toBeCloseTo(Math.atan(rate), 10)
  })

  test.each(rates)('alternating steps of %f stay on the ellipse x² + y² − ηxy', rate => {
    const { points } = run('bilinear', 'alternating', rate, 5000)
    const energy = ([x, y]: number[]) => x! ** 2 + y! ** 2 - rate * x! * y!
    for (const point of points) expect(energy(point)).toBeCloseTo(energy(points[0]!), 9)
  })

  test.each(rates)('extragradient steps of %f shrink by √(1 − η² + η⁴) each', rate => {
    const { distances } = run('bilinear', 'extragradient', rate, 60)
    for (let i = 1; i < distances.length; i++)
      expect(distances[i]! / distances[i - 1]!).toBeCloseTo(Math.sqrt(1 - rate ** 2 + rate ** 4), 10)
  })

  test.each(rates)('optimistic steps of %f converge', rate => {
    expect(run('bilinear', 'optimistic', rate, 5000).distance()).toBeLessThan(0.8)
    expect(run('bilinear', 'optimistic', 0.2, 2000).distance()).toBeLessThan(1e-6)
  })

  test('the average of alternating steps comes near the equilibrium, that of simultaneous ones doesn’t', () => {
    expect(Math.hypot(...run('bilinear', 'alternating', 0.1, 5000).average)).toBeLessThan(0.01)
    expect(Math.hypot(...run('bilinear', 'simultaneous', 0.1, 2000).average)).toBeGreaterThan(1)
  })

  test.each(['simultaneous', 'alternating'] as const)('the trainer takes the same %s steps', async method => {
    const rate = 0.1
    const [x, y] = [tf.variable(tf.scalar(0.8)), tf.variable(tf.scalar(-0.3))]
    const player = (name: string, weight: tf.Variable) => ({
      weights: new Map([[name, weight]]),
      optimizer: sgd({ learningRate: rate }),
    })
    const product = () => tf.mul(x, y) as tf.Scalar
    const down: Update = { player: 'x', nextBatches: ['none'], loss: () => ({ loss: product() }) }
    const up: Update = { player: 'y', loss: () => ({ loss: tf.neg(product()) as tf.Scalar }) }
    const game: Game = {
      networks: {},
      players: { x: player('x', x), y: player('y', y) },
      generators: {},
      streams: ['none'],
      scalars: [],
      updatesPerStep: 2,
      rounds: () => (method === 'simultaneous' ? [[down, up]] : [[down], [up]]),
    }
    const none = {
      next: async () => ({ done: false as const, value: { samples: tf.zeros([1, 1]) } }),
      position: () => ({ epoch: 0, batch: 0 }),
      [Symbol.asyncIterator]() {
        return this
      },
    }
    await createTrainer({ game, seed: 1 }).fit({ none }, { steps: 50 })
    const { now } = run('bilinear', method, rate, 50)
    expect(x.dataSync()[0]).toBeCloseTo(now[0]!, 4)
    expect(y.dataSync()[0]).toBeCloseTo(now[1]!, 4)
  })
})

describe('rock, paper, scissors', () => {
  test('simultaneous steps spiral outwards at every step, and their average comes near a third each', () => {
    const { distances, average } = run('rock-paper-scissors', 'simultaneous', 0.1, 3000)
    for (let i = 1; i < 2000; i++) expect(distances[i]!).toBeGreaterThan(distances[i - 1]!)
    for (const share of average) expect(share).toBeCloseTo(1 / 3, 1)
  })

  test('alternating steps stay bounded', () => {
    const { distances } = run('rock-paper-scissors', 'alternating', 0.1, 5000)
    expect(Math.max(...distances)).toBeLessThan(1.5 * distances[0]!)
    expect(Math.min(...distances)).toBeGreaterThan(distances[0]! / 2)
  })

  test.each(['extragradient', 'optimistic'] as const)('%s steps converge to a third each', method => {
    for (const share of run('rock-paper-scissors', method, 0.2, 3000).now) expect(share).toBeCloseTo(1 / 3, 3)
  })

  test('shares are positive and sum to 1, however large the numbers', () => {
    const random = randomStream(1, 'test')
    for (let i = 0; i < 100; i++) {
      const shares = softmax([...random.normal(3, 0, 300)])
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
      expect(shares.every(share => share >= 0)).toBe(true)
    }
  })
})
