import { expect, test } from 'vitest'
import { type ClassPalette, measurePairs, type Picture } from '../../src/index.ts'

const palette: ClassPalette = [
  [255, 255, 255],
  [200, 30, 40],
  [20, 20, 20],
  [40, 125, 215],
]

/** A row of pixels in the colors of these classes, each level off by `miss`. */
const picture = (classes: readonly number[], miss = 0): Picture => ({
  values: classes.flatMap(one => palette[one]!.map(level => Math.abs(level - miss) / 127.5 - 1)),
  shape: [1, classes.length, 3],
})

const measure = (truth: Picture, output: Picture) =>
  measurePairs({
    pairs: () => [{ output, target: truth }],
    metrics: ['miou', 'pixel-accuracy'],
    split: 'a pair',
    palette,
  })

test('label maps in colors are measured by the nearest color, over the classes that the truth has', async () => {
  // Class 0: two of three right, one of them taken for 3, which the truth lacks: 2/3. Class 1: 1/2. Class 2: 1 of 2: 1/2.
  const { miou, 'pixel-accuracy': accuracy } = await measure(
    picture([0, 0, 0, 1, 2, 2]),
    picture([0, 0, 3, 1, 2, 1], 25),
  )
  expect(miou!.value).toBeCloseTo((2 / 3 + 1 / 2 + 1 / 2) / 3, 12)
  expect(accuracy!.value).toBeCloseTo(4 / 6, 12)
})

test('a true map in a color that no class has is refused, and so is one of another number of channels', async () => {
  await expect(measure(picture([0, 1], 10), picture([0, 1]))).rejects.toThrow(
    'a true label map has the color 245 245 245, which no class has, expected one of 255 255 255, 200 30 40',
  )
  const gray: Picture = { values: [0, 0], shape: [1, 2, 1] }
  await expect(measure(gray, gray)).rejects.toThrow('a label map has 1 channels, expected 3')
})
