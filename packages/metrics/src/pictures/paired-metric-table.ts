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
}

/** One paired metric of the table, and what it needs. */
export interface PairedMetric {
  readonly better: Better
  readonly unit: 'dB' | 'share'
  /** The value of outputs that equal their targets; null where it has no bound. */
  readonly best: number | null
  /** Whether it looks at the input too, and not only at output and target. */
  readonly needsInput?: boolean
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
    metrics: {
      miou: { better: 'more', unit: 'share', best: 1 },
      'pixel-accuracy': { better: 'more', unit: 'share', best: 1 },
      'mean-accuracy': { better: 'more', unit: 'share', best: 1 },
    },
    start({ palette }) {
      let sum: ConfusionMatrix | undefined
      return {
        add({ output, target }) {
          const matrix = palette
            ? confusionMatrix(
                classesOfColors(target, palette, { isTrue: true }),
                classesOfColors(output, palette),
                palette.length,
              )
            : confusionMatrix(trueClassesOf(target), classesOf(output), target.shape[2])
          sum = sumConfusion(sum ? [sum, matrix] : [matrix])
        },
        values() {
          const matrix = sumConfusion(sum ? [sum] : [])
          return {
            miou: meanIou(matrix, palette ? 'truth' : 'either').value,
            'pixel-accuracy': pixelAccuracy(matrix),
            'mean-accuracy': meanAccuracy(matrix).value,
          }
        },
      }
    },
  },
]

/** Every paired metric by its name. */
export const pairedMetrics: Readonly<Record<string, PairedMetric>> = Object.fromEntries(
  pairedMetricTable.flatMap(({ metrics }) => Object.entries(metrics)),
)

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
