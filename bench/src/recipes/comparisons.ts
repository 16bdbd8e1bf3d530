import type { DcganOptions } from '@gankit/dcgan'
import { app as digitsApp } from '@gankit/dcgan-mnist'
import type { GanApp } from '@gankit/experiment'
import { app as facesApp } from '@gankit/face-generation'
import { cartoonFaceFeatures, digitFeatures, type Extractor } from '@gankit/metrics'
import { ablations, recipe, twin } from './digits.ts'
import { faces, fewFaces, towardsFaces } from './faces.ts'
import type { Variant } from './variant.ts'

type ComparisonName = 'ablations' | 'digits' | 'twin' | 'towards-faces' | 'faces' | 'few-faces'

/** Recipes of one app, which are compared. */
export interface Comparison {
  readonly app: GanApp<DcganOptions>
  readonly extractor: () => Promise<Extractor>
  readonly metrics: readonly string[]
  /** What is trained with. Default: the app's own data, against which all is measured. */
  readonly learnsFrom?: string
  readonly variants: (steps: number) => readonly Variant[]
}

const usual = ['frechet-distance', 'recall', 'coverage']
const ofDigits = {
  app: digitsApp,
  extractor: digitFeatures,
  metrics: [...usual, 'confidence', 'min-class-share', 'max-class-share'],
}

const ofFaces = { app: facesApp, extractor: cartoonFaceFeatures, metrics: usual }

/** By what `--of` can be. */
export const comparisons: Readonly<Record<ComparisonName, Comparison>> = {
  ablations: { ...ofDigits, variants: ablations },
  digits: { ...ofDigits, variants: recipe },
  twin: { ...ofDigits, variants: twin },
  'towards-faces': { ...ofFaces, variants: towardsFaces },
  faces: { ...ofFaces, variants: faces },
  'few-faces': { ...ofFaces, learnsFrom: 'cartoon:500', variants: fewFaces },
}
