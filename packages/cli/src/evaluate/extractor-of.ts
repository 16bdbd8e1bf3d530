import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { parseSpec } from '@gankit/datasets/node'
import { cartoonFaceFeatures, digitFeatures, type Extractor, modelFeatures, pixels } from '@gankit/metrics'
import { loadModel } from '@gankit/metrics/node'

type Shipped = 'digits' | 'cartoon-faces' | 'pixels'

const shipped: Readonly<Record<Shipped, () => Promise<Extractor>>> = {
  digits: digitFeatures,
  'cartoon-faces': cartoonFaceFeatures,
  pixels: async () => pixels(),
}

/** Data that an extractor was trained for, and the shape that it takes. */
const trainedFor: readonly {
  readonly kinds: readonly string[]
  readonly shape: string
  readonly name: Shipped
}[] = [
  { kinds: ['embedded', 'mnist'], shape: '28,28,1', name: 'digits' },
  { kinds: ['cartoon'], shape: '64,64,3', name: 'cartoon-faces' },
]

/** The extractor that fits data of a spec; pixels where none does. */
export function usualExtractor(spec: string, sampleShape: readonly number[], style?: string): Shipped {
  const { kind } = parseSpec(spec)
  const known = trainedFor.find(({ kinds, shape }) => kinds.includes(kind) && shape === String(sampleShape))
  // Faces of another style have other attributes.
  return known && (style === undefined || style === 'personas') ? known.name : 'pixels'
}

/**
 * An extractor by its name, or from the folder of a TensorFlow.js model.
 * @throws GankitError for a name that is neither, and a model that doesn't fit
 */
export async function extractorOf(
  name: string,
  sampleShape: readonly number[],
  { layer, range }: { readonly layer?: string; readonly range?: readonly [number, number] } = {},
): Promise<Extractor> {
  if (Object.hasOwn(shipped, name)) return shipped[name as Shipped]()
  if (!existsSync(name))
    throw new GankitError(
      'cli',
      'option',
      `--extractor is '${name}', expected ${Object.keys(shipped).join(', ')}, or the folder of a TensorFlow.js model`,
    )
  return modelFeatures({
    model: await loadModel(name),
    name: basename(resolve(name)),
    imageShape: sampleShape,
    ...(layer !== undefined && { layer }),
    ...(range && { range }),
  })
}
