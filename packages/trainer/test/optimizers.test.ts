import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { adam, momentum, type Optimizer, rmsprop, sgd } from '../src/index.ts'
import { createOptimizer } from '../src/optimizers.ts'
import fixture from './fixtures/optimizers.json' with { type: 'json' }

const makers: Record<keyof typeof fixture.weights, () => Optimizer> = {
  sgd: () => sgd(),
  momentum: () => momentum(),
  rmsprop: () => rmsprop(),
  adam: () => adam(),
  'adam, other options': () => adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 }),
}

test.each(Object.entries(makers))('%s does what PyTorch does, over 20 updates', async (name, make) => {
  const optimizer = make()
  const weight = tf.variable(tf.tensor1d(fixture.start))
  for (const [update, numbers] of fixture.gradients.entries()) {
    const gradient = tf.tensor1d(numbers)
    optimizer.apply(new Map([['w', weight]]), new Map([['w', gradient]]))
    gradient.dispose()
    await expectClose(weight, fixture.weights[name as keyof typeof makers][update]!, 1e-6, 1e-5)
  }
  expect(optimizer.updates).toBe(20)
})

test.each(Object.entries(makers))('%s leaves no tensor behind but its slots', (_, make) => {
  const optimizer = make()
  const weight = tf.variable(tf.ones([3]))
  const gradient = tf.ones([3])
  const before = tf.memory().numTensors
  const apply = () => optimizer.apply(new Map([['w', weight]]), new Map([['w', gradient]]))
  apply()
  expect(tf.memory().numTensors).toBe(before + optimizer.slots.size)
  apply()
  expect(tf.memory().numTensors).toBe(before + optimizer.slots.size)
  optimizer.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test('a weight without a gradient stays, a gradient without a weight is refused', async () => {
  const weights = new Map([['a', tf.variable(tf.ones([2]))]])
  sgd().apply(weights, new Map())
  await expectClose(weights.get('a')!, [1, 1], 0)
  expect(() => sgd().apply(weights, new Map([['b', tf.ones([2])]]))).toThrow("gradient for 'b'")
})

test('settings make the optimizer that they name', () => {
  for (const name of ['sgd', 'momentum', 'rmsprop', 'adam'] as const)
    expect(createOptimizer({ name }).name).toBe(name)
  expect(() => createOptimizer({ name: 'adagrad' } as never)).toThrow(
    "optimizer is 'adagrad', expected one of: adam, momentum, rmsprop, sgd",
  )
})

test('momentum follows its ramp: v ← μ(t)·v + g', async () => {
  const optimizer = createOptimizer({
    name: 'momentum',
    learningRate: { name: 'exponential', from: 1, factor: 2 },
    momentum: { name: 'linear', from: 0, to: 1, updates: 2 },
  })
  const weight = tf.variable(tf.scalar(0))
  for (let update = 0; update < 3; update++)
    optimizer.apply(new Map([['w', weight]]), new Map([['w', tf.scalar(1)]]))
  // μ = 0, ½, 1 and η = 1, ½, ¼: v = 1, 1½, 2½.
  await expectClose(weight, [-(1 + 1.5 / 2 + 2.5 / 4)], 1e-7)
})
