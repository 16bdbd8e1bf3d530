import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { kernelsOf, spread } from './gradients-of.ts'

const x = spread([4, 5])
const images = spread([1, 6, 6, 1]) as tf.Tensor4D
const squares = x.square().add(0.1)

/** What GANs run in every step, and the kernels of its gradient in stock tfjs. */
const everyday: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  exp: tf.exp,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  softplus: tf.softplus,
  elu: tf.elu,
  relu: tf.relu,
  leakyRelu: x => tf.leakyRelu(x, 0.2),
  max: x => x.max(1),
  maximum: x => tf.maximum(x, squares),
  clip: x => tf.clipByValue(x, -1, 1),
  'bias and sum': x => x.add(x.sum(0)),
  matMul: x => tf.matMul(x, x, false, true),
  broadcastTo: x => tf.broadcastTo(x, [4, 4, 5]),
}

// The order matters: what stock tfjs runs has to be seen before it is patched.
const stock = new Map<string, number>()
for (const [name, f] of Object.entries(everyday)) stock.set(name, (await kernelsOf(f, x)).length)
const ofImages = (x: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, images.reshape([6, 6, 1, 1]), 1, 'same')
const stockImages = await kernelsOf(ofImages, images)
/** As a module may have it that was loaded before: x², by its own gradient. */
const early = tf.customGrad((x, keep) => {
  ;(keep as tf.GradSaveFunc)([x as tf.Tensor])
  return {
    value: (x as tf.Tensor).square(),
    gradFunc: (dy: tf.Tensor, [x]: tf.Tensor[]) => dy.mul(x!).mul(2),
  }
})
const { patchGradients } = await import('../src/index.ts')
patchGradients()

test.each(Object.entries(everyday))(
  'the first-order gradient of %s runs no more kernels than before',
  async (name, f) => {
    expect((await kernelsOf(f, x)).length).toBeLessThanOrEqual(stock.get(name)!)
  },
)

test('nor does that of a convolution, and what it saves is no kernel', async () => {
  const saving = 'Identity'
  expect(stockImages).toContain(saving)
  expect(await kernelsOf(ofImages, images)).toEqual(stockImages.filter(name => name !== saving))
})

test('what was saved before an inner gradient began is known to the outer one', async () => {
  // The inner one sees that h is made of x: (x·eˣ)′ = eˣ·(1 + x), whose own gradient is eˣ·(2 + x).
  const inner = (x: tf.Tensor) => {
    const h = x.exp()
    return tf.grad(x => x.mul(h))(x)
  }
  const at = [-1.5, 0, 0.3, 2]
  const near = (values: number[]) => values.map(value => expect.closeTo(value, 4))
  const x = tf.tensor1d(at)
  expect(Array.from(await tf.grad(inner)(x).data())).toEqual(near(at.map(x => Math.exp(x) * (2 + x))))
  const twice = tf.grad(x => tf.grad(inner)(x))
  expect(Array.from(await twice(x).data())).toEqual(near(at.map(x => Math.exp(x) * (3 + x))))
})

test('saved tensors are let go of with the tape', () => {
  const before = tf.memory()
  tf.tidy(() => void tf.grad(everyday['matMul']!)(x))
  tf.tidy(() => void tf.grad(x => tf.grad(everyday['matMul']!)(x))(x))
  const { numTensors, numDataBuffers, numBytes } = tf.memory()
  expect({ numTensors, numDataBuffers, numBytes }).toEqual({
    numTensors: before.numTensors,
    numDataBuffers: before.numDataBuffers,
    numBytes: before.numBytes,
  })
})

test('leakyRelu is spared the comparison and the choice', async () => {
  const kernels = await kernelsOf(everyday['leakyRelu']!, x)
  expect(kernels).toContain('Step')
  expect(kernels).not.toContain('Greater')
  expect(kernels).not.toContain('Select')
})

test('leakyRelu uses the kernel of a backend that has one, to every order', async () => {
  const ran: number[] = []
  tf.registerKernel({
    kernelName: 'LeakyReluGrad',
    backendName: 'cpu',
    kernelFunc({ inputs, attrs }) {
      const { dy, x } = inputs as { dy: tf.Tensor; x: tf.Tensor }
      const { alpha } = attrs as unknown as { alpha: number }
      ran.push(alpha)
      return tf.where(x.greater(0), dy, dy.mul(alpha))
    },
  })
  try {
    const f = (x: tf.Tensor) => tf.leakyRelu(x.square().sub(1), 0.2).sum()
    const slope = tf.grad(f)(x)
    expect(ran).toEqual([0.2])
    const second = tf.grad(x => tf.grad(f)(x).sum())(x)
    const factors = (await x.square().sub(1).data()).map(value => (value > 0 ? 1 : 0.2))
    await expectClose(slope, x.mul(2).mul(tf.tensor(factors, [4, 5])), 1e-6)
    await expectClose(
      second,
      factors.map(factor => 2 * factor),
      1e-6,
    )
  } finally {
    tf.unregisterKernel('LeakyReluGrad', 'cpu')
  }
})

test('a second call changes nothing', async () => {
  const engine = tf.engine() as unknown as { addTapeNode: unknown }
  const [record, before] = [engine.addTapeNode, await kernelsOf(everyday['tanh']!, x)]
  patchGradients()
  expect(engine.addTapeNode).toBe(record)
  expect(await kernelsOf(everyday['tanh']!, x)).toEqual(before)
})

const cubed = (save: 'input' | 'output' | 'inside') =>
  tf.customGrad((x, keep) => {
    const inside = (x as tf.Tensor).square()
    const value = inside.mul(x as tf.Tensor)
    ;(keep as tf.GradSaveFunc)([x as tf.Tensor, value, inside].slice(save === 'inside' ? 2 : 0))
    const gradFunc = (dy: tf.Tensor, [first, value]: tf.Tensor[]) =>
      save === 'inside'
        ? dy.mul(first!).mul(3)
        : save === 'input'
          ? dy.mul(first!.square()).mul(3)
          : dy.mul(value!.div(first!)).mul(3)
    return { value, gradFunc }
  })

test.each(['input', 'output'] as const)(
  'a custom gradient that saves its %s has a second order',
  async save => {
    const slope = (x: tf.Tensor) =>
      tf
        .grad(x => cubed(save)(x).sum())(x)
        .sum()
    await expectClose(tf.grad(slope)(x), x.mul(6), 1e-5)
  },
)

test('so has one that was made before tfjs was mended, whatever came before it', async () => {
  const slope = (x: tf.Tensor) =>
    tf
      .grad(x => early(cubed('input')(x).add(x)).sum())(x)
      .sum()
  // (x³ + x)² has the second derivative 30x⁴ + 24x² + 2.
  const known = x.square().square().mul(30).add(x.square().mul(24)).add(2)
  await expectClose(tf.grad(slope)(x), known, 1e-3, 1e-4)
})

test('one that saves what it made inside has none, and says so', async () => {
  await expectClose(tf.grad(x => cubed('inside')(x).sum())(x), x.square().mul(3), 1e-6)
  const slope = (x: tf.Tensor) =>
    tf
      .grad(x => cubed('inside')(x).sum())(x)
      .sum()
  expect(() => tf.grad(slope)(x)).toThrow('a second-order gradient meets a custom gradient')
  const crossEntropy = (x: tf.Tensor) =>
    tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d([0, 1, 2, 3], 'int32'), 5), x) as tf.Scalar
  expect(() => tf.grad(x => tf.grad(crossEntropy)(x).square().sum())(x)).toThrow('[gankit/runtime]')
})

test('a gradient may ask for gradients itself', async () => {
  const sine = tf.customGrad((x, keep) => {
    ;(keep as tf.GradSaveFunc)([x as tf.Tensor])
    return { value: tf.sin(x as tf.Tensor), gradFunc: (dy, [x]) => tf.grad(x => tf.sin(x))(x!, dy) }
  })
  const before = tf.memory().numTensors
  const slope = tf.grad(x => sine(x).sum())(x)
  const bend = tf.grad(x =>
    tf
      .grad(x => sine(x).sum())(x)
      .sum(),
  )(x)
  expect(tf.memory().numTensors).toBe(before + 2)
  await expectClose(slope, tf.cos(x), 1e-6)
  await expectClose(bend, tf.sin(x).neg(), 1e-6)
})

test('a mask from outside, or made before, is a constant to a custom gradient', async () => {
  const mask = tf.tensor([1, 0, 1, 0, 1])
  const masked = tf.customGrad((x, keep) => {
    ;(keep as tf.GradSaveFunc)([mask])
    return { value: (x as tf.Tensor).mul(mask), gradFunc: (dy, [mask]) => dy.mul(mask!) }
  })
  const slope = (x: tf.Tensor) =>
    tf
      .grad(x => masked(x.square()).sum())(x)
      .sum()
  await expectClose(tf.grad(slope)(x), mask.mul(tf.onesLike(x)).mul(2), 1e-6)
})

test('nothing stays behind, of a first and of a second order', () => {
  const f = (x: tf.Tensor) =>
    tf
      .softmax(tf.tanh(tf.leakyRelu(x, 0.2)))
      .max(1)
      .sum() as tf.Scalar
  const before = tf.memory().numTensors
  tf.grad(f)(x).dispose()
  tf.grad(x => tf.grad(f)(x).square().sum())(x).dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test('a gradient that can not be known is an error', () => {
  expect(() => tf.grad(x => tf.einsum('ij,kj->ik', x, x).sum())(x)).toThrow(
    'gradient function not found for Einsum',
  )
})
