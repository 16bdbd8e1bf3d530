import type { Extractor } from '../features/features.ts'
import { birdFeatures } from './bird-features.ts'
import { cartoonFaceFeatures } from './cartoon-face-features.ts'
import { digitFeatures } from './digit-features.ts'
import { pixels } from './pixels.ts'

/** An extractor that comes with the package. */
export interface ShippedExtractor {
  create(): Promise<Extractor>
  /** The data that it was trained for. Undefined: no data in particular. */
  readonly trainedFor?: {
    /** Kinds of datasets, as in the specs of @gankit/datasets. */
    readonly kinds: readonly string[]
    /** The shape of one sample. */
    readonly sampleShape: readonly number[]
    /** The style of cartoon faces, where only one fits. */
    readonly style?: string
  }
}

/** The extractors that come with the package, by name. A new one is a file with its function and one entry here. */
export const shippedExtractors: Readonly<Record<string, ShippedExtractor>> = {
  digits: {
    create: digitFeatures,
    trainedFor: { kinds: ['embedded', 'mnist'], sampleShape: [28, 28, 1] },
  },
  'cartoon-faces': {
    create: cartoonFaceFeatures,
    trainedFor: { kinds: ['cartoon'], sampleShape: [64, 64, 3], style: 'personas' },
  },
  birds: {
    create: birdFeatures,
    trainedFor: { kinds: ['birds'], sampleShape: [64, 64, 3] },
  },
  pixels: { create: async () => pixels() },
}

/**
 * The name of the extractor that was trained for such data; 'pixels' where there is none.
 * @param kind of dataset, as in the specs of @gankit/datasets: 'embedded'
 * @param style of cartoon faces, where they have one: faces of another style have other attributes
 */
export function chooseShippedExtractor(kind: string, sampleShape: readonly number[], style?: string): string {
  const found = Object.entries(shippedExtractors).find(
    ([, { trainedFor }]) =>
      trainedFor?.kinds.includes(kind) &&
      String(trainedFor.sampleShape) === String(sampleShape) &&
      (style === undefined || trainedFor.style === undefined || style === trainedFor.style),
  )
  return found?.[0] ?? 'pixels'
}
