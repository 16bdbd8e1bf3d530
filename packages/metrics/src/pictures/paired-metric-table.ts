import type { Better } from '../evaluation/metric-value.ts'
import { throwDataError } from '../features/feature-rows.ts'
import type { PicturePair } from './average-pairs.ts'
import { backProjection } from './back-projection.ts'
import { type ClassPalette, classesOf, classesOfColors, trueClassesOf } from './class-map.ts'
import {
  type ConfusionMatrix,
  confusionMatrix,
  meanAccuracy,
  meanIou,
  pixelAccuracy,
  sumConfusion,
} from './confusion-matrix.ts'
import { msSsim } from './ms-ssim.ts'
import type { Picture } from './picture.ts'
import { psnr } from './psnr.ts'
import { ssim } from './ssim.ts'

/** What paired metrics are measured with. */
export interface PairOptions {
  /** Pixels at each border that metrics of pictures leave out. Default 0. */
  readonly crop?: number
  /** Makes a picture of an input's size of an output, for 'back-projection'. */
  readonly reduce?: (output: Picture) => Picture
  /** The colors of classes, where outputs and targets are label maps in colors. Default: maps with a channel for each class. */
  readonly palette?: ClassPalette
  /** The colors of the labels that a segmenter gives to outputs and targets, for 'fcn-score' and its like. */
  readonly labelPalette?: ClassPalette
}

/** One paired metric of the table, and what it needs. */
export interface PairedMetric {
  readonly better: Better
  readonly unit: 'dB' | 'share'
  /** The value of outputs that equal their targets; null where it has no bound. */
  readonly best: number | null
  /** Whether it looks at the input too, and not only at output and target. */
  readonly needsInput?: boolean
  /** Whether it looks at the labels that a segmenter gives to the pictures. */
  readonly needsLabels?: boolean
  /** Whether it leaves out pixels at the borders. */
  readonly crops?: boolean
}

/** Paired metrics that are computed at once. */
export interface PairedMetricEntry {
  readonly metrics: Readonly<Record<string, PairedMetric>>
  /** Begins a measurement. */
  start(options: PairOptions): PairedMeasurement
}

/** A measurement that goes over a set of pairs once. */
export interface PairedMeasurement {
  /** @throws GankitError of kind 'data' where the metric is undefined for a pair */
  add(pair: PicturePair): void
  /** The values over all pairs, by the names of the entry's metrics. */
  values(): Readonly<Record<string, number>>
  /** The values of the targets in place of the outputs, where these aren't the `best` of the metric. */
  floors?(): Readonly<Record<string, number>>
}

/** The PSNR of a pair counts as this many dB at most: one pair of equal pictures would make the mean of a set infinite. */
const maxDecibels = 100

/** All metrics of pairs. A new one is a function in this folder and one entry here. */
export const pairedMetricTable: readonly PairedMetricEntry[] = [
  averaged('psnr-y', { unit: 'dB', crops: true }, ({ output, target }, { crop = 0 }) =>
    boundDecibels(psnr(output, target, { channels: 'y', crop }).value),
  ),
  averaged('psnr-rgb', { unit: 'dB', crops: true }, ({ output, target }, { crop = 0 }) =>
    boundDecibels(psnr(output, target, { channels: 'rgb', crop }).value),
  ),
  averaged(
    'ssim-y',
    { unit: 'share', crops: true },
    ({ output, target }, { crop = 0 }) => ssim(output, target, { channels: 'y', crop }).value,
  ),
  averaged(
    'ssim-rgb',
    { unit: 'share', crops: true },
    ({ output, target }, { crop = 0 }) => ssim(output, target, { channels: 'rgb', crop }).value,
  ),
  averaged(
    'ms-ssim',
    { unit: 'share', crops: true },
    ({ output, target }, { crop = 0 }) => msSsim(output, target, { channels: 'y', crop }).value,
  ),
  averaged('back-projection', { unit: 'dB', needsInput: true }, ({ output, input }, { reduce }) => {
    if (!reduce)
      throwDataError(
        'nothing says how outputs are reduced to the size of their inputs, expected a function: give `reduce`, the one that made the inputs',
      )
    return boundDecibels(backProjection(output, input!, reduce).value)
  }),
  {
    metrics: ofShares('miou', 'pixel-accuracy', 'mean-accuracy'),
    start({ palette }) {
      const counted = countPixels(palette, ['miou', 'pixel-accuracy', 'mean-accuracy'])
      return { add: ({ output, target }) => counted.add(output, target), values: counted.values }
    },
  },
  {
    metrics: ofShares('fcn-miou', 'fcn-score', 'fcn-mean-accuracy', { needsLabels: true, best: null }),
    start({ labelPalette }) {
      const names = ['fcn-miou', 'fcn-score', 'fcn-mean-accuracy'] as const
      const [outputs, targets] = [countPixels(labelPalette, names), countPixels(labelPalette, names)]
      return {
        add({ labels }) {
          const { output, target, wanted } = labels!
          // What a segmenter sees in a pixel between two labels may have the color of neither.
          const isTrue = wanted !== undefined
          outputs.add(output, wanted ?? target, isTrue)
          targets.add(target, wanted ?? target, isTrue)
        },
        values: outputs.values,
        floors: targets.values,
      }
    },
  },
]

/** Every paired metric by its name. */
export const pairedMetrics: Readonly<Record<string, PairedMetric>> = Object.fromEntries(
  pairedMetricTable.flatMap(({ metrics }) => Object.entries(metrics)),
)

/** Metrics that are shares of pixels; more is better. */
function ofShares(
  ...given: readonly [miou: string, pixels: string, mean: string, options?: Partial<PairedMetric>]
): Readonly<Record<string, PairedMetric>> {
  const [miou, pixels, mean, options] = given
  return Object.fromEntries(
    [miou, pixels, mean].map(name => [name, { better: 'more', unit: 'share', best: 1, ...options }]),
  )
}

/** Counts the classes of all pixels of pictures, and gives the mean IoU, the accuracy of pixels and the mean accuracy under these names. */
function countPixels(
  palette: ClassPalette | undefined,
  [miou, pixels, mean]: readonly [string, string, string],
): { add(output: Picture, truth: Picture, isTrue?: boolean): void; values(): Record<string, number> } {
  let sum: ConfusionMatrix | undefined
  return {
    add(output, truth, isTrue = true) {
      const matrix = palette
        ? confusionMatrix(
            classesOfColors(truth, palette, { isTrue }),
            classesOfColors(output, palette),
            palette.length,
          )
        : confusionMatrix(trueClassesOf(truth), classesOf(output), truth.shape[2])
      sum = sumConfusion(sum ? [sum, matrix] : [matrix])
    },
    values() {
      const matrix = sumConfusion(sum ? [sum] : [])
      return {
        [miou]: meanIou(matrix, palette ? 'truth' : 'either').value,
        [pixels]: pixelAccuracy(matrix),
        [mean]: meanAccuracy(matrix).value,
      }
    },
  }
}

/** The entry of a metric whose value is the mean over the pairs; more is better. */
function averaged(
  name: string,
  metric: Pick<PairedMetric, 'unit' | 'needsInput' | 'crops'>,
  measure: (pair: PicturePair, options: PairOptions) => number,
): PairedMetricEntry {
  return {
    metrics: { [name]: { better: 'more', best: metric.unit === 'dB' ? null : 1, ...metric } },
    start(options) {
      let [sum, count] = [0, 0]
      return {
        add(pair) {
          sum += measure(pair, options)
          count += 1
        },
        values: () => ({ [name]: sum / count }),
      }
    },
  }
}

function boundDecibels(value: number): number {
  return Math.min(value, maxDecibels)
}
