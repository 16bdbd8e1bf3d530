export { type Bins, type BinsOptions, binsOf, differentBins, differentShares } from './bins.ts'
export { type DigitsPart, digitsSplit } from './digits-split.ts'
export {
  type Divergence,
  type Divergences,
  type DivergencesOptions,
  divergences,
} from './distributions/divergences.ts'
export { type ModesCovered, type ModesCoveredOptions, modesCovered } from './distributions/modes-covered.ts'
export { wasserstein1d } from './distributions/wasserstein-1d.ts'
export {
  type AgreementOptions,
  type AskedSamples,
  agreementFigures,
  type Telling,
  tells,
} from './evaluation/agreement.ts'
export { type EvaluateOptions, type Evaluation, evaluate } from './evaluation/evaluate.ts'
export { type Better, type Figure, protocolVersion } from './evaluation/figure.ts'
export { imagesOfDataset, imagesOfNumbers } from './evaluation/images-of.ts'
export { metricNames, type PathLength } from './evaluation/measures.ts'
export { type DrawnSamples, quickFigures } from './evaluation/quick-figures.ts'
export { type RealSide, type RealSideOptions, realSideOf } from './evaluation/real-side.ts'
export { type DatasetSide, type RealOptions, realSideOfDataset } from './evaluation/real-side-of-dataset.ts'
export { type Reservoir, type ReservoirOptions, reservoir } from './evaluation/reservoir.ts'
export type { FigureStore } from './evaluation/stored-side.ts'
export { type CartoonFaceExtractor, cartoonFaceFeatures } from './extractors/cartoon-face-features.ts'
export { digitFeatures, type OwnedExtractor } from './extractors/digit-features.ts'
export { type ModelFeaturesOptions, modelFeatures } from './extractors/model-features.ts'
export { pixels } from './extractors/pixels.ts'
export type { FeatureRows } from './feature-rows.ts'
export type { Extractor, Features, Images } from './features.ts'
export { type FeaturesOptions, featuresOf } from './features-of.ts'
export { frechetDistance } from './frechet.ts'
export { type FrechetInfinity, type FrechetInfinityOptions, frechetInfinity } from './frechet-infinity.ts'
export { type InceptionScore, inceptionScore } from './inception-score.ts'
export {
  type KernelDistance,
  type KernelDistanceOptions,
  kernelDistance,
  squaredDiscrepancy,
} from './kernel.ts'
export {
  type DataCopying,
  type DataCopyingCell,
  type DataCopyingOptions,
  type DataCopyingSamples,
  dataCopying,
} from './memorisation/data-copying.ts'
export { type MannWhitney, mannWhitney } from './memorisation/mann-whitney.ts'
export {
  type NearestNeighbours,
  type NearestNeighboursOptions,
  nearestNeighbours,
} from './memorisation/nearest-neighbours.ts'
export { type Moments, type MomentsInProgress, mergeMoments, momentsOf, startMoments } from './moments.ts'
export {
  type NeighbourFigures,
  type NeighbourOptions,
  neighbourFigures,
} from './neighbours/neighbour-figures.ts'
export {
  type FeaturesOfLatents,
  type PathLengthOptions,
  perceptualPathLength,
} from './perceptual-path-length.ts'
export { type SlicedWassersteinOptions, slicedWasserstein } from './sliced-wasserstein.ts'
