import { randomStream } from '@gankit/core'
import { expectClose, finiteDifference } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { differentiableAugmentation } from '../../src/index.ts'

beforeAll(() => tf.setBackend('cpu'))

const [n, height, width, channels] = [12, 8, 6, 3]
const pixels = randomStream(1, 'images').uniform(n * height * width * channels, -1, 1)
const images = () => tf.tensor4d(pixels, [n, height, width, channels])
const off = { color: false, translation: 0, cutout: 0 }
const changed = (options: object, seed = 1) =>
  differentiableAugmentation({ ...off, ...options })(images(), {
    step: 0,
    random: randomStream(seed, 'augment'),
  }).arraySync() as number[][][][]
const original = images().arraySync() as number[][][][]

test('translation: each image is moved by whole pixels, at most an eighth of its sides, and zeros fill the gap', () => {
  const moved = changed({ translation: 0.25 })
  const seen = new Set<string>()
  moved.forEach((image, i) => {
    const found: string[] = []
    for (let dy = -height; dy <= height; dy++)
      for (let dx = -width; dx <= width; dx++) {
        const is = image.every((row, y) =>
          row.every((pixel, x) =>
            pixel.every((value, c) => value === (original[i]![y - dy]?.[x - dx]?.[c] ?? 0)),
          ),
        )
        if (is) found.push(`${dy},${dx}`)
      }
    expect(found).toHaveLength(1)
    const [dy, dx] = found[0]!.split(',').map(Number)
    expect(Math.abs(dy!)).toBeLessThanOrEqual(2)
    expect(Math.abs(dx!)).toBeLessThanOrEqual(2)
    seen.add(found[0]!)
  })
  expect(seen.size).toBeGreaterThan(4)
})

test('cutout: a rectangle of half the sides is zero, less where it meets the edge, the rest as it was', () => {
  const sizes = changed({ cutout: 0.5 }).map((image, i) => {
    const rows = new Set<number>()
    const columns = new Set<number>()
    let zeros = 0
    image.forEach((row, y) => {
      row.forEach((pixel, x) => {
        if (pixel.every(value => value === 0)) {
          rows.add(y)
          columns.add(x)
          zeros++
        } else expect(pixel).toEqual(original[i]![y]![x])
      })
    })
    expect(zeros).toBe(rows.size * columns.size)
    return [rows.size, columns.size] as const
  })
  expect(Math.max(...sizes.map(([rows]) => rows))).toBe(4)
  expect(Math.max(...sizes.map(([, columns]) => columns))).toBe(3)
})

test('color: contrast and saturation scale what they are about, brightness moves the mean', () => {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  changed({ color: true }).forEach((image, i) => {
    const [was, is] = [original[i]!.flat(), image.flat()]
    const moved = mean(is.flat()) - mean(was.flat())
    expect(Math.abs(moved)).toBeLessThan(0.5)
    // How pixels' means differ from the image's is scaled by one contrast for all.
    const grey = (pixel: readonly number[], of: readonly number[][]) => mean(pixel) - mean(of.flat())
    const contrast = grey(is[0]!, is) / grey(was[0]!, was)
    expect(contrast).toBeGreaterThan(0.5)
    expect(contrast).toBeLessThan(1.5)
    // How channels differ from their pixel's mean is scaled by contrast and saturation.
    const both = (is[0]![0]! - mean(is[0]!)) / (was[0]![0]! - mean(was[0]!))
    expect(both / contrast).toBeGreaterThan(-1e-3)
    expect(both / contrast).toBeLessThan(2)
    is.forEach((pixel, p) => {
      expect(grey(pixel, is)).toBeCloseTo(contrast * grey(was[p]!, was), 4)
      expect(pixel[1]! - mean(pixel)).toBeCloseTo(both * (was[p]![1]! - mean(was[p]!)), 4)
    })
  })
})

test('grey images keep their one channel, other seeds change otherwise, and the same seed alike', () => {
  const grey = differentiableAugmentation()(tf.ones([4, 8, 8, 1]), {
    step: 0,
    random: randomStream(1, 'augment'),
  })
  expect(grey.shape).toEqual([4, 8, 8, 1])
  const all = { color: true, translation: 0.125, cutout: 0.5 }
  expect(changed(all)).toEqual(changed(all))
  expect(changed(all)).not.toEqual(changed(all, 2))
})

test('gradients go through it: they agree with finite differences', async () => {
  const augment = differentiableAugmentation()
  const weights = tf.tensor(randomStream(3, 'weights').normal(4 * 6 * 3 * 2), [2, 4, 6, 3])
  const loss = (x: tf.Tensor) =>
    tf.sum(tf.mul(tf.tanh(augment(x, { step: 0, random: randomStream(5, 'augment') })), weights)) as tf.Scalar
  const x = tf.tensor(randomStream(4, 'x').normal(2 * 4 * 6 * 3), [2, 4, 6, 3])
  const slope = (await tf.grad(loss)(x).data()) as Float32Array
  const expected = await finiteDifference(loss, x)
  await expectClose(slope, expected, 2e-2)
})

test.each<[object, string]>([
  [{ translation: 1 }, '[gankit/trainer] translation is 1, expected a share from 0 to below 1'],
  [{ cutout: -0.1 }, 'cutout is -0.1'],
  [{ cutout: Number.NaN }, 'cutout is NaN'],
])('%j is refused', (options, message) => {
  expect(() => differentiableAugmentation(options)).toThrow(message)
})

test('points are no images', () => {
  const turn = { step: 0, random: randomStream(1, 'augment') }
  expect(() => differentiableAugmentation()(tf.zeros([4, 2]), turn)).toThrow(
    'samples are [4, 2], expected images',
  )
})
