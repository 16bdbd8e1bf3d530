import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { parseSpec } from '@gankit/datasets/node'
import {
  chooseShippedExtractor,
  type Extractor,
  modelFeatures,
  type ShippedExtractor,
  shippedExtractors,
} from '@gankit/metrics'
import { loadModel } from '@gankit/metrics/node'
import { blameFlag } from '../terminal/flag-names.ts'

const shipped: Readonly<Record<string, ShippedExtractor>> = shippedExtractors

/** The name of the extractor that was trained for data of a spec; 'pixels' where there is none. */
export function chooseExtractor(spec: string, sampleShape: readonly number[], style?: string): string {
  return chooseShippedExtractor(parseSpec(spec).kind, sampleShape, style)
}

/**
 * Checks what was typed about the extractor before anything is opened.
 * @throws GankitError for a name that is neither an extractor's nor a folder, and for flags of a folder where none is named
 */
export function checkExtractorFlags({
  extractor,
  layer,
  range,
}: {
  readonly extractor?: string
  readonly layer?: string
  readonly range?: readonly [number, number]
}): void {
  if (extractor !== undefined && !Object.hasOwn(shipped, extractor) && !existsSync(extractor))
    throw new GankitError(
      'cli',
      'option',
      `--extractor is '${extractor}', expected ${Object.keys(shipped).join(', ')}, or the folder of a TensorFlow.js model`,
    )
  if (extractor !== undefined && !Object.hasOwn(shipped, extractor)) return
  if (layer === undefined && range === undefined) return
  const given = layer === undefined ? `--range is '${range!.join(',')}'` : `--layer is '${layer}'`
  throw new GankitError(
    'cli',
    'option',
    `${given}, and no folder of a model is named, expected --extractor FOLDER: leave it out, or name one`,
  )
}

/**
 * An extractor by its name, or from the folder of a TensorFlow.js model, which `checkExtractorFlags` has checked.
 * @throws GankitError for a model that doesn't fit
 */
export async function openExtractor(
  name: string,
  sampleShape: readonly number[],
  { layer, range }: { readonly layer?: string; readonly range?: readonly [number, number] } = {},
): Promise<Extractor> {
  if (Object.hasOwn(shipped, name)) {
    const takes = shipped[name]!.trainedFor?.sampleShape
    if (takes && String(takes) !== String(sampleShape))
      throw new GankitError(
        'cli',
        'option',
        `--extractor is '${name}', which takes ${takes.join('×')}, and the samples are ${sampleShape.join('×')}, expected an extractor of these: take pixels, or leave it out`,
      )
    return shipped[name]!.create()
  }
  return blameFlag('--extractor', name, async () =>
    modelFeatures({
      model: await loadModel(name),
      name: basename(resolve(name)),
      imageShape: sampleShape,
      ...(layer !== undefined && { layer }),
      ...(range && { range }),
    }),
  )
}

/**
 * The only shape of images that an extractor takes, by its name or the folder of its model.
 * @returns undefined where it takes any
 */
export async function openModelShape(name: string): Promise<readonly number[] | undefined> {
  if (Object.hasOwn(shipped, name)) return shipped[name]!.trainedFor?.sampleShape
  if (!existsSync(name)) return undefined
  const model = await loadModel(name)
  const sides = model.inputs[0]?.shape?.slice(1) ?? []
  model.dispose()
  const isKnown = sides.length === 3 && sides.every(side => side !== null && side > 0)
  return isKnown ? (sides as number[]) : undefined
}
