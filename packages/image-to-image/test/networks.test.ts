import { readFileSync } from 'node:fs'
import { forward } from '@gankit/core'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { patchDiscriminator, resnetGenerator, rrdbNet, srResnet, uNet } from '../src/index.ts'
import { picture, setSines } from './sines.ts'

beforeAll(() => selectBackend())

type Shape = readonly [number, number, number]
const small = (inputShape: Shape) => ({ inputShape, base: 2 })
const colors = (side: number): Shape => [side, side, 3]
const pair = (side: number, patch: 1 | 16 | 34 | 70) =>
  patchDiscriminator({
    inputShape: colors(side),
    conditionShape: colors(side),
    base: 2,
    maxFilters: 1000,
    patch,
  })

/** The networks of the fixtures, by their names there, and how many pictures they were given. */
const networks: Record<string, [network: () => tf.LayersModel, pictures: number]> = {
  'u-net': [() => uNet(small(colors(16))), 2],
  'patch-1': [() => pair(4, 1), 1],
  'patch-16': [() => pair(8, 16), 1],
  'patch-34': [() => pair(16, 34), 2],
  'patch-70': [() => pair(32, 70), 1],
  resnet: [() => resnetGenerator({ ...small(colors(16)), blocks: 2 }), 2],
  'sr-resnet': [() => srResnet({ inputShape: colors(4), base: 4, blocks: 2 }), 1],
  rrdb: [() => rrdbNet({ inputShape: colors(4), base: 4, blocks: 1, growth: 2 }), 1],
}

const fixtures = JSON.parse(readFileSync(new URL('fixtures/networks.json', import.meta.url), 'utf8'))

describe('networks are those of PyTorch', () => {
  test.each(Object.keys(fixtures))('%s', name => {
    const [create, n] = networks[name]!
    const network = create()
    setSines(network, name)
    const { shape, values } = fixtures[name]
    const output = tf.tidy(() => {
      const shapes = network.inputs.map(input => input.shape.slice(1) as number[])
      const channels = shapes.reduce((sum, [, , c]) => sum + c!, 0)
      const [h, w] = shapes[0]!
      const all = picture('input', [n, h!, w!, channels])
      return forward(
        network,
        tf.split(
          all,
          shapes.map(([, , c]) => c!),
          3,
        ),
      )
    })
    expect(output.shape).toEqual(shape)
    const got = output.dataSync<'float32'>()
    const worst = got.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i])), 0)
    expect(worst).toBeLessThan(1e-5 * Math.max(1, ...values.map(Math.abs)))
  })
})

test.each([
  [[30, 100, 3], 5],
  [[7, 13, 1], 2],
  [[64, 64, 3], undefined],
] as const)('a U-Net takes pictures of %j', (inputShape, levels) => {
  const network = uNet({ inputShape, base: 2, outputChannels: 2, ...(levels && { levels }) })
  expect(network.outputs[0]!.shape).toEqual([null, inputShape[0], inputShape[1], 2])
})

test.each([[30, 100, 3] as const, [7, 13, 1] as const])('a ResNet takes pictures of %j', (...inputShape) => {
  const network = resnetGenerator({ inputShape, base: 2, blocks: 1, endKernel: 3 })
  expect(network.outputs[0]!.shape).toEqual([null, inputShape[0], inputShape[1], 3])
})

test.each([
  [1, 1],
  [16, 16],
  [34, 34],
  [70, 70],
  [286, 286],
] as const)('a logit of patch %i depends on as many pixels a side', (patch, side) => {
  const network = patchDiscriminator({
    inputShape: [320, 320, 1],
    base: 1,
    maxFilters: 2,
    patch,
    normalization: 'none',
  })
  const touched = tf.tidy(() => {
    const input = tf.randomUniform([1, 320, 320, 1], -1, 1, 'float32', 1)
    const middle = (x: tf.Tensor) => {
      const logits = forward(network, x)
      const [, h, w] = logits.shape as [number, number, number]
      return tf.sum(tf.slice(logits, [0, h >> 1, w >> 1, 0], [1, 1, 1, 1]))
    }
    return tf.grad(middle)(input).notEqual(0).any(2).sum().dataSync()[0]
  })
  expect(touched).toBe(side)
})

test('a super-resolving network that adds to its input starts from repeated pixels', () => {
  const network = srResnet({
    inputShape: [4, 4, 3],
    base: 4,
    blocks: 1,
    addsToInput: true,
    initialization: { name: 'normal', std: 1e-9 },
  })
  const [got, repeated] = tf.tidy(() => {
    const x = picture('input', [1, 4, 4, 3])
    return [forward(network, x), tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [16, 16])]
  })
  expect(tf.max(tf.abs(tf.sub(got, repeated))).dataSync()[0]).toBeLessThan(1e-6)
})

test('noise changes what a U-Net with AdaIN answers', () => {
  const network = uNet({
    inputShape: [16, 16, 3],
    base: 4,
    noise: 8,
    initialization: { name: 'normal', std: 0.2 },
  })
  const [one, other] = tf.tidy(() => {
    const x = picture('input', [1, 16, 16, 3])
    return [1, 2].map(seed => forward(network, [tf.randomNormal([1, 8], 0, 1, 'float32', seed), x]))
  }) as [tf.Tensor, tf.Tensor]
  expect(tf.max(tf.abs(tf.sub(one, other))).dataSync()[0]).toBeGreaterThan(0.01)
})

test.each([
  [() => uNet({ inputShape: [16, 16, 3], levels: 6 }), 'levels is 6, expected at most 4'],
  [
    () => patchDiscriminator({ inputShape: [64, 64, 3], patch: 286 }),
    'patch is 286 for pictures of 64×64, expected pictures of 65 pixels a side or more',
  ],
  [
    () => patchDiscriminator({ inputShape: [64, 64, 3], conditionShape: [32, 32, 3] }),
    'conditionShape is 32×32×3, expected pictures of 64×64',
  ],
  [
    () => resnetGenerator({ inputShape: [64, 64, 3], endKernel: 4 }),
    'endKernel is 4, expected an odd whole number',
  ],
  [() => srResnet({ inputShape: [16, 16, 3], scale: 3 as 2 }), 'scale is 3'],
  [() => uNet({ inputShape: [64, 64, 3], base: 20_000 }), 'narrower layers (base or maxFilters)'],
])('%s is refused in words', (create, message) => {
  expect(create).toThrow(message)
})
