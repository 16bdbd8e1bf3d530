import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import type { Gradients } from '../../src/index.ts'
import { clipToNorm, gradientNorm } from '../../src/optimizers.ts'
import fixture from '../fixtures/clip.json' with { type: 'json' }

type Name = keyof typeof fixture.given
const names = Object.keys(fixture.given) as Name[]
const given = (): Gradients =>
  new Map(names.map(name => [name, tf.tensor(fixture.given[name], fixture.shapes[name])]))

test.each(fixture.cases)(
  'clipped to $limit the gradients are those of PyTorch',
  async ({ limit, norm, clipped }) => {
    const before = tf.memory().numTensors
    const gradients = given()
    const length = gradientNorm(gradients)
    expect(length.shape).toEqual([])
    await expectClose(length, [norm], 1e-6 * norm)
    const got = clipToNorm(gradients, length, limit)
    expect([...got.keys()]).toEqual(names)
    for (const name of names) {
      const gradient = got.get(name)!
      expect(gradient.shape).toEqual(fixture.shapes[name])
      const scale = Math.min(1, limit)
      await expectClose(gradient, clipped[name], 1e-7 * scale, 1e-5)
      expect(gradients.get(name)!.isDisposed).toBe(true)
    }
    expect(tf.memory().numTensors).toBe(before + names.length + 1)
    tf.dispose([length, ...got.values()])
  },
)

test('the cases lie on both sides of the limit', () => {
  const below = fixture.cases.filter(({ norm, limit }) => norm < limit)
  expect([below.length, fixture.cases.length]).toEqual([2, 5])
})

test('one number that is not finite shows in the length', async () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const [length] = await gradientNorm(new Map([...given(), ['bad', tf.tensor1d([0, bad])]])).data()
    expect(Number.isFinite(length)).toBe(false)
  }
})

test('the length of no gradients is 0', async () => {
  await expectClose(gradientNorm(new Map()), [0], 0)
})

test("a backend's own SquaredSum is used", async () => {
  const kernelFunc: tf.KernelFunc = ({ backend, inputs }) => {
    const cpu = backend as unknown as {
      makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo
    }
    return cpu.makeTensorInfo([], 'float32', Float32Array.of(inputs['x']!.shape.length === 4 ? 7 : 3))
  }
  expect(tf.getBackend()).toBe('cpu')
  tf.registerKernel({ kernelName: 'SquaredSum', backendName: 'cpu', kernelFunc })
  try {
    await expectClose(gradientNorm(given()), [4], 1e-6)
  } finally {
    tf.unregisterKernel('SquaredSum', 'cpu')
  }
})
