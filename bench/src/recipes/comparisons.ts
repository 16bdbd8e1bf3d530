import type { App } from '@gankit/cli'
import type { DcganOptions } from '@gankit/dcgan'
import { app as digitsApp } from '@gankit/dcgan-mnist'
import { app as facesApp } from '@gankit/face-generation'
import { cartoonFaceFeatures, digitFeatures, type Extractor } from '@gankit/metrics'
import { ablations, recipe, twin } from './digits.ts'
import { faces } from './faces.ts'
import type { Variant } from './variant.ts'

/** Recipes of one app that are held against one another. */
export interface Comparison {
  readonly app: App<DcganOptions>
  readonly extractor: () => Promise<Extractor>
  readonly metrics: readonly string[]
  readonly variants: (steps: number) => readonly Variant[]
}

const usual = ['frechet', 'recall', 'coverage']
const ofDigits = {
  app: digitsApp,
  extractor: digitFeatures,
  metrics: [...usual, 'confidence', 'rarest-class', 'commonest-class'],
}

/** By what `--of` can be. */
export const comparisons: Readonly<Record<'ablations' | 'digits' | 'twin' | 'faces', Comparison>> = {
  ablations: { ...ofDigits, variants: ablations },
  digits: { ...ofDigits, variants: recipe },
  twin: { ...ofDigits, variants: twin },
  faces: { app: facesApp, extractor: cartoonFaceFeatures, metrics: usual, variants: faces },
}
