import { expect, test } from 'vitest'
import {
  averagePairs,
  confusionMatrix,
  meanIou,
  measurePairs,
  type Picture,
  type PicturePair,
  pairedMetricNames,
  pairedMetrics,
  psnr,
  reduceByMean,
} from '../../src/index.ts'
import { drawnPictures } from '../fixtures/pictures.ts'

const pairs = [1, 2, 3].map(seed => {
  const [target, output] = drawnPictures({ seed, height: 24, width: 24, channels: 3, noise: 20 * seed })
  return { target, output, input: reduceByMean(target, 2) }
})
const reduce = (picture: Picture) => reduceByMean(picture, 2)

test('every metric of pictures is the mean over the pairs, with all that it depends on', async () => {
  const names = pairedMetricNames.filter(name => !/miou|accuracy|score/.test(name))
  expect(names).toEqual(['psnr-y', 'psnr-rgb', 'ssim-y', 'ssim-rgb', 'ms-ssim', 'back-projection'])
  const measured = await measurePairs({ pairs: () => pairs, metrics: names, split: 'three', crop: 2, reduce })
  expect(Object.keys(measured)).toEqual(names)
  const mean = averagePairs(pairs, ({ output, target }) => psnr(output, target, { channels: 'y', crop: 2 }))
  expect(measured['psnr-y']).toEqual({
    metric: 'psnr-y',
    value: expect.closeTo(mean.value, 9),
    values: [expect.closeTo(mean.value, 9)],
    deviation: null,
    floor: null,
    better: 'more',
    unit: 'dB',
    crop: 2,
    extractor: null,
    nReal: 3,
    nFake: 3,
    seed: 0,
    seeds: [0],
    split: 'three',
    version: 1,
  })
  expect(measured['ssim-rgb']).toMatchObject({ floor: 1, unit: 'share' })
  expect(measured['back-projection']).toMatchObject({ crop: 0, unit: 'dB' })
})

test('equal pictures reach the best value of each metric, and stay finite', async () => {
  const same = pairs.map(pair => ({ ...pair, output: pair.target }))
  const metrics = Object.keys(pairedMetrics).filter(name => !/miou|accuracy|score/.test(name))
  const measured = await measurePairs({ pairs: () => same, metrics, split: 'same', reduce })
  for (const name of metrics)
    expect(measured[name]!.value, name).toBeCloseTo(pairedMetrics[name]!.best ?? 100, 9)
})

test('metrics of classes are those of all pixels together', async () => {
  const map = (classes: number[]): Picture => ({
    values: classes.flatMap(label => [0, 1, 2].map(c => (c === label ? 1 : -1))),
    shape: [1, classes.length, 3],
  })
  const truths = [
    [0, 0, 1, 1],
    [0, 0, 0, 0],
  ]
  const outputs = [
    [0, 1, 1, 1],
    [0, 0, 0, 2],
  ]
  const labeled = truths.map((truth, i) => ({ target: map(truth), output: map(outputs[i]!) }))
  const { miou, ...accuracies } = await measurePairs({
    pairs: () => labeled,
    metrics: ['miou', 'pixel-accuracy', 'mean-accuracy'],
    split: 'two',
  })
  expect(miou!.value).toBeCloseTo(meanIou(confusionMatrix(truths.flat(), outputs.flat(), 3)).value, 12)
  expect(accuracies['pixel-accuracy']!.value).toBe(0.75)
  expect(accuracies['mean-accuracy']!.value).toBeCloseTo((4 / 6 + 1) / 2, 12)
})

test('an FCN-score compares what a segmenter sees with what was asked for, beside the same of the targets', async () => {
  const palette = [
    [0, 0, 0],
    [255, 0, 0],
    [255, 255, 255],
  ] as const
  const map = (classes: readonly number[]): Picture => ({
    values: classes.flatMap(label => palette[label]!.map(level => level / 127.5 - 1)),
    shape: [1, classes.length, 3],
  })
  const [output, target, wanted] = [
    [0, 1, 1, 2],
    [0, 0, 1, 2],
    [0, 0, 1, 1],
  ] as const
  const [picture] = drawnPictures({ seed: 1, height: 1, width: 4, channels: 3, noise: 0 })
  const metrics = ['fcn-score', 'fcn-miou', 'fcn-mean-accuracy']
  const measure = (labels?: PicturePair['labels']) =>
    measurePairs({
      pairs: () => [{ output: picture, target: picture, ...(labels && { labels }) }],
      metrics,
      split: 'one',
      labelPalette: palette,
    })
  const asked = await measure({ output: map(output), target: map(target), wanted: map(wanted) })
  // Half of the output's pixels and three of the target's are as wanted; no pixel was wanted white.
  expect(asked['fcn-score']).toMatchObject({ value: 0.5, floor: 0.75, better: 'more' })
  expect(asked['fcn-miou']).toMatchObject({ value: (1 / 2 + 1 / 3) / 2, floor: (1 + 1 / 2) / 2 })
  expect(asked['fcn-mean-accuracy']).toMatchObject({ value: 0.5, floor: 0.75 })
  const unasked = await measure({ output: map(output), target: map(target) })
  expect(unasked['fcn-score']).toMatchObject({ value: 0.75, floor: 1 })
  // What a segmenter sees may lie between two colors, what was asked for may not.
  const between = {
    values: [...Array.from(map([0, 0, 1]).values), -0.6, -1, -1],
    shape: [1, 4, 3],
  } as const
  const unclear = await measure({ output: between, target: between })
  expect(unclear['fcn-score']).toMatchObject({ value: 1, floor: 1 })
  await expect(measure({ output: map(output), target: map(target), wanted: between })).rejects.toThrow(
    'a true label map has the color 51 0 0',
  )
  await expect(measure()).rejects.toThrow(
    '[gankit/metrics] a pair has no labels, expected some for fcn-score: give it, or leave the metric out',
  )
})

test('a generator with noise is measured with several seeds', async () => {
  const { 'psnr-rgb': measured } = await measurePairs({
    pairs: seed => [pairs[seed]!],
    metrics: ['psnr-rgb'],
    split: 'seeds',
    seeds: [0, 1, 2],
  })
  expect(measured!.values).toHaveLength(3)
  expect(measured!.values[0]).toBeGreaterThan(measured!.values[2]!)
  expect(measured!.deviation).toBeGreaterThan(0)
})

test.each<[what: string, options: Partial<Parameters<typeof measurePairs>[0]>, message: RegExp]>([
  ['an unknown metric', { metrics: ['psnr'] }, /metrics is 'psnr', expected one of: psnr-y, psnr-rgb/],
  ['no metric', { metrics: [] }, /metrics is 'none'/],
  ['no pairs', { pairs: () => [] }, /no pairs/],
  ['nothing that reduces', { metrics: ['back-projection'] }, /give `reduce`/],
  [
    'no input',
    {
      metrics: ['back-projection'],
      reduce,
      pairs: () => pairs.map(({ output, target }) => ({ output, target })),
    },
    /no input, expected one for back-projection/,
  ],
  ['colors for classes', { metrics: ['miou'] }, /a channel for each class/],
])('%s is refused', async (_, options, message) => {
  const usual = { pairs: () => pairs, metrics: ['psnr-y'], split: 'three' }
  await expect(measurePairs({ ...usual, ...options })).rejects.toThrow(message)
})
