import type { Dataset } from '@gankit/core'
import { enlargeBicubic } from '@gankit/datasets'
import { drawSamples } from '@gankit/inference'
import { openGenerator } from '@gankit/inference/node'
import {
  batchImages,
  cartoonFaceFeatures,
  computeReference,
  cutPicture,
  evaluate,
  extractFeatures,
  measurePairs,
} from '@gankit/metrics'
import { fileReferenceStore } from '@gankit/metrics/node'
import { app as segmentation } from '@gankit/segmentation'
import type { Comparison } from './comparisons.ts'

/** What recipes are measured on. */
export interface TestPairs {
  readonly count: number
  readonly inputs: Float32Array
  readonly inputShape: readonly number[]
  readonly targets: Float32Array
  readonly targetShape: readonly number[]
  /** Real pictures like the targets. */
  readonly like: Dataset
}

/** The inputs in place of the outputs, enlarged by the bicubic kernel; undefined where they are no such pictures. */
export function enlargeInputs({
  count,
  inputs,
  inputShape,
  targetShape,
}: TestPairs): Float32Array | undefined {
  const [height, width, channels] = inputShape as [number, number, number]
  const factor = targetShape[0]! / height
  if (channels !== targetShape[2] || !Number.isInteger(factor)) return undefined
  if (factor === 1) return inputs
  const pieces = Array.from({ length: count }, (_, i) => {
    const data = Float32Array.from(cutPicture(inputs, inputShape, i).values)
    return enlargeBicubic({ data, width, height, channels }, factor).data
  })
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
  pieces.reduce((at, piece) => {
    all.set(piece, at)
    return at + piece.length
  }, 0)
  return all
}

export async function measure(
  { app, dataOptions, measures, features = [], attributes = false }: Comparison,
  test: TestPairs,
  made: Float32Array,
): Promise<string[]> {
  // As saved pictures have them: the cubic and SRResNet go beyond black and white at edges.
  const outputs = made.map(value => Math.max(-1, Math.min(1, value)))
  const { count, inputs, inputShape, targets, targetShape } = test
  const { crop, reduce, from } = app.samples!
  const labels = measures.some(name => name.startsWith('fcn'))
    ? { output: await label(outputs, count), target: await label(targets, count) }
    : undefined
  const inputsAreLabels = dataOptions?.[from!]?.drawing === 'labels'
  const measured = await measurePairs({
    metrics: measures,
    split: 'held out',
    ...(crop !== undefined && { crop }),
    ...(reduce && { reduce }),
    ...(labels && { labelPalette: segmentation.samples!.palette! }),
    *pairs() {
      for (let i = 0; i < count; i++)
        yield {
          input: cutPicture(inputs, inputShape, i),
          output: cutPicture(outputs, targetShape, i),
          target: cutPicture(targets, targetShape, i),
          ...(labels && {
            labels: {
              output: cutPicture(labels.output, targetShape, i),
              target: cutPicture(labels.target, targetShape, i),
              ...(inputsAreLabels && { wanted: cutPicture(inputs, inputShape, i) }),
            },
          }),
        }
    },
  })
  const cells = measures.map(name => measured[name]!.value.toFixed(/psnr|projection/.test(name) ? 2 : 3))
  return [
    ...cells,
    ...(await measureFeatures(features, test, outputs)),
    ...(attributes ? [await compareAttributes(test, outputs)] : []),
  ]
}

/** What the app's own generator makes of the inputs; undefined where it learned from other data. */
export async function translateByShipped(
  { app, dataOptions }: Comparison,
  { count, inputs }: TestPairs,
): Promise<Float32Array | undefined> {
  if (!app.generator || dataOptions) return undefined
  const generator = await openGenerator(app.generator)
  const { samples } = await drawSamples(generator, count, 0, { condition: inputs })
  generator.dispose()
  return samples as Float32Array
}

/** The share of attributes that a classifier of clean faces sees in the outputs as in their inputs. */
async function compareAttributes(
  { count, inputs, targetShape }: TestPairs,
  outputs: Float32Array,
): Promise<string> {
  const extractor = await cartoonFaceFeatures()
  const classify = async (pictures: Float32Array) => {
    const codes: number[] = []
    for await (const images of batchImages(pictures, targetShape)) {
      codes.push(...(await extractor.classifyAttributes(images)))
      images.dispose()
    }
    return codes
  }
  const [before, after] = [await classify(inputs), await classify(outputs)]
  extractor.dispose()
  const same = before.filter((code, i) => code === after[i]).length
  return (same / (count * extractor.attributes.length)).toFixed(3)
}

async function measureFeatures(
  metrics: readonly string[],
  { count, targetShape, like }: TestPairs,
  outputs: Float32Array,
): Promise<string[]> {
  if (metrics.length === 0) return []
  const extractor = await cartoonFaceFeatures()
  const reference = await computeReference(like, extractor, { count, store: fileReferenceStore() })
  const fakes = () => extractFeatures(batchImages(outputs, targetShape), extractor)
  const { metrics: measured } = await evaluate({ reference, fakes, metrics, seeds: [0] })
  await reference.save()
  extractor.dispose()
  return metrics.map(metric => {
    const { value, floor } = measured[metric]!
    return `${value.toPrecision(3)} (floor ${floor?.toPrecision(3)})`
  })
}

async function label(pictures: Float32Array, count: number): Promise<Float32Array> {
  const segmenter = await openGenerator(segmentation.generator!)
  const { samples } = await drawSamples(segmenter, count, 0, { condition: pictures })
  segmenter.dispose()
  return samples as Float32Array
}
