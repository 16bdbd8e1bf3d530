import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { adam, momentum, type Optimizer, rmsprop, sgd } from '../../src/index.ts'
import { createOptimizer } from '../../src/optimizers.ts'
import constant from '../fixtures/optimizers.json' with { type: 'json' }
import scheduled from '../fixtures/schedules.json' with { type: 'json' }

/** Expects the weights after each of PyTorch's updates, to one part in 100,000. */
async function expectWeights(
  optimizer: Optimizer,
  { start, gradients }: Pick<typeof constant, 'start' | 'gradients'>,
  weights: readonly (readonly number[])[],
): Promise<void> {
  const weight = tf.variable(tf.tensor1d(start))
  expect(gradients).toHaveLength(20)
  for (const [update, numbers] of gradients.entries()) {
    optimizer.apply(new Map([['w', weight]]), new Map([['w', tf.tensor1d(numbers)]]))
    await expectClose(weight, [...weights[update]!], 1e-6, 1e-5)
  }
}

const decay = { name: 'exponential', factor: 1 / 0.9 } as const
const makers: Record<keyof typeof scheduled.updates, () => Optimizer> = {
  'sgd, cosine': () =>
    createOptimizer({ name: 'sgd', learningRate: { name: 'cosine', from: 0.3, to: 0.01, updates: 20 } }),
  'momentum, linear': () =>
    createOptimizer({
      name: 'momentum',
      learningRate: { name: 'linear', from: 0.5, to: 0.05, updates: 12 },
      momentum: 0.5,
    }),
  'momentum, ramp of momentum': () =>
    createOptimizer({
      name: 'momentum',
      learningRate: 0.1,
      momentum: { name: 'linear', from: 0.5, to: 0.9, updates: 10 },
    }),
  'rmsprop, exponential': () => createOptimizer({ name: 'rmsprop', learningRate: { ...decay, from: 0.02 } }),
  'adam, exponential after warm-up': () =>
    createOptimizer({
      name: 'adam',
      learningRate: { ...decay, from: 0.05, warmUp: 5 },
      beta1: 0.5,
      beta2: 0.99,
      epsilon: 1e-6,
    }),
}

test.each(Object.entries(makers))('%s does what PyTorch does, over 20 updates', async (name, make) => {
  await expectWeights(make(), scheduled, scheduled.updates[name as keyof typeof makers].weights)
})

test('settings without a value leave the default of the optimizer', async () => {
  for (const name of ['sgd', 'momentum', 'rmsprop', 'adam'] as const) {
    const settings = { name, learningRate: undefined } as never
    await expectWeights(createOptimizer(settings), constant, constant.weights[name])
  }
})

test('a schedule out of range is refused when the optimizer is made', () => {
  expect(() => createOptimizer({ name: 'sgd', learningRate: -1 })).toThrow('schedule is -1')
  const ramp = { name: 'linear', from: 0.5, to: 0.9, updates: 0 } as const
  expect(() => createOptimizer({ name: 'momentum', momentum: ramp })).toThrow('updates is 0')
})

// The numbers are PyTorch's for the default rates of these optimizers.
test.each<[keyof typeof constant.weights, (scale: number) => Optimizer]>([
  ['sgd', scale => sgd({ learningRate: 0.1 / scale })],
  ['momentum', scale => momentum({ learningRate: () => 0.1 / scale })],
  ['rmsprop', scale => rmsprop({ learningRate: 2e-4 / scale })],
  ['adam', scale => adam({ learningRate: 2e-4 / scale })],
])('scale multiplies the learning rate of %s, a schedule or not', async (name, make) => {
  for (const scale of [0.25, 8]) {
    const optimizer = make(scale)
    expect(optimizer.scale).toBe(1)
    optimizer.scale = scale
    await expectWeights(optimizer, constant, constant.weights[name])
  }
})

test('scale can change between updates, and leaves the momentum alone', async () => {
  const optimizer = momentum({ learningRate: 1, momentum: 0.5 })
  const weight = tf.variable(tf.scalar(0))
  for (const scale of [1, 0.5, 0]) {
    optimizer.scale = scale
    optimizer.apply(new Map([['w', weight]]), new Map([['w', tf.scalar(1)]]))
  }
  // v = 1, 1½, 1¾ and η = 1, ½, 0.
  await expectClose(weight, [-(1 + 1.5 / 2)], 1e-7)
  await expectClose(optimizer.slots.get('velocity/w')!, [1.75], 1e-7)
})

test('an optimizer that goes on at a later update takes the rate of that update', async () => {
  const learningRate = { name: 'linear', from: 1, to: 0, updates: 10 } as const
  const optimizer = createOptimizer({ name: 'sgd', learningRate })
  optimizer.updates = 7
  const weight = tf.variable(tf.scalar(0))
  optimizer.apply(new Map([['w', weight]]), new Map([['w', tf.scalar(1)]]))
  await expectClose(weight, [-0.3], 1e-7)
})
