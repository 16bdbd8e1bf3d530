import { expect, test } from 'vitest'
import { checkSamples, createSampleCheck, fromArrays, mnist } from '../src/index.ts'

const [count, side] = [40, 8]

/** A dataset of gray images, level by level. */
const images = (level: (image: number, pixel: number) => number) =>
  fromArrays({
    samples: Uint8Array.from({ length: count * side * side }, (_, i) =>
      level(Math.floor(i / side ** 2), i % side ** 2),
    ),
    shape: [side, side, 1],
  })

const ramp = (image: number, pixel: number) => (image * 37 + pixel * 4) % 256

test.each<[string, (image: number, pixel: number) => number, RegExp[]]>([
  ['images of all levels', ramp, []],
  ['black and white images', (image, pixel) => ((image >> (pixel % 6)) & 1) * 255, []],
  ['black images', () => 0, [/^all 40 samples looked at are flat/]],
  ['one flat color a sample', image => image * 6, [/^all 40 samples looked at are flat/]],
  [
    'three flat images among others',
    (image, pixel) => (image < 3 ? 255 : ramp(image, pixel)),
    [/^3 of 40 samples .+ flat/],
  ],
  ['two flat images among others', (image, pixel) => (image < 2 ? 255 : ramp(image, pixel)), []],
  ['one image over and over', (_, pixel) => ramp(0, pixel), [/^all 40 samples looked at are equal/]],
  ['five images over and over', (image, pixel) => ramp(image % 5, pixel), [/are only 5 different ones/]],
  // 12 bits in 16.
  ['dark images', (image, pixel) => ramp(image, pixel) >> 4, [/use levels 0 to 15 of 255 only/]],
  ['pale images', (image, pixel) => 128 + (ramp(image, pixel) >> 3), [/use levels 128 to 159 of 255 only/]],
])('%s', async (_, level, problems) => {
  expect(await checkSamples(images(level))).toEqual(problems.map(line => expect.stringMatching(line)))
})

test('digits are fine, and points have no levels', async () => {
  expect(await checkSamples(await mnist())).toEqual([])
  expect(await checkSamples(fromArrays({ samples: new Float32Array(20), shape: [2] }))).toEqual([])
  expect(createSampleCheck(4).findProblems()).toEqual([])
})
