import { expect, test } from 'vitest'
import {
  classesOf,
  confusionMatrix,
  meanAccuracy,
  meanIou,
  type Picture,
  pixelAccuracy,
  sumConfusion,
  trueClassesOf,
} from '../../src/index.ts'
import fixture from '../fixtures/pictures.json' with { type: 'json' }
import { drawnLabels } from '../fixtures/pictures.ts'

test.each(fixture.labels)(
  '$recipe.classes classes are counted as scikit-learn counts them',
  ({ recipe, ...known }) => {
    const [truth, predicted] = drawnLabels(recipe)
    const matrix = confusionMatrix(truth, predicted, recipe.classes)
    expect([...matrix.counts]).toEqual(known.confusion)
    expect(pixelAccuracy(matrix)).toBeCloseTo(known.pixelAccuracy, 12)
    expect(meanAccuracy(matrix).value).toBeCloseTo(known.meanAccuracy, 12)
    const iou = meanIou(matrix)
    expect(iou.value).toBeCloseTo(known.meanIou, 12)
    const byClass = Array<number | null>(recipe.classes).fill(null)
    for (const [i, label] of known.there.entries()) byClass[label] = expect.closeTo(known.byClass[i]!, 12)
    expect(iou.byClass).toEqual(byClass)
    const half = truth.length / 2
    const parts = [
      confusionMatrix(truth.slice(0, half), predicted.slice(0, half), recipe.classes),
      confusionMatrix(truth.slice(half), predicted.slice(half), recipe.classes),
    ]
    expect(sumConfusion(parts)).toEqual(matrix)
  },
)

test('a class of the truth that is never predicted counts as 0, and one that neither has not at all', () => {
  expect(meanIou(confusionMatrix([0, 1], [0, 0], 3))).toEqual({ value: 0.25, byClass: [0.5, 0, null] })
  expect(meanAccuracy(confusionMatrix([0, 1], [0, 0], 3))).toEqual({ value: 0.5, byClass: [1, 0, null] })
  // Predicted and never true: it has no accuracy, and an intersection of 0.
  expect(meanAccuracy(confusionMatrix([0, 0], [0, 2], 3)).byClass).toEqual([0.5, null, null])
  expect(meanIou(confusionMatrix([0, 0], [0, 2], 3)).byClass).toEqual([0.5, null, 0])
})

const map = (values: number[], channels: number): Picture => ({
  values,
  shape: [1, values.length / channels, channels],
})

test('the class of a pixel is its greatest channel', () => {
  expect([...classesOf(map([0.1, 0.7, 0.2, -3, -2, -9], 3))]).toEqual([1, 1])
  expect([...trueClassesOf(map([-1, -1, 1, 1, -1, -1], 3))]).toEqual([2, 0])
  expect([...trueClassesOf(map([0, 1, 1, 0], 2))]).toEqual([1, 0])
})

test.each<[what: string, call: () => unknown, message: RegExp]>([
  ['two lengths', () => confusionMatrix([0], [0, 1], 2), /1 true classes and 2 predicted ones/],
  ['a class beyond the last', () => confusionMatrix([0], [2], 2), /class 2 at place 0, expected .* 0 to 1/],
  ['half a class', () => confusionMatrix([0.5], [0], 2), /class 0.5/],
  ['no pixels', () => meanIou(confusionMatrix([], [], 2)), /empty/],
  ['no matrices', () => sumConfusion([]), /no confusion matrices/],
  [
    'other classes',
    () => sumConfusion([confusionMatrix([0], [0], 1), confusionMatrix([0], [0], 2)]),
    /of 1 and 2 classes/,
  ],
  ['one channel', () => classesOf(map([1, 2], 1)), /1 channel, expected one for each class/],
  [
    'colors in place of classes',
    () => trueClassesOf(map([1, 1, -1, -1, -1, 1], 3)),
    /label maps with a channel/,
  ],
  ['soft classes', () => trueClassesOf(map([0.2, 0.8, 0.9, 0.1], 2)), /expected 0.8 in the channel/],
])('%s are refused', (_, call, message) => {
  expect(call).toThrow(message)
})
