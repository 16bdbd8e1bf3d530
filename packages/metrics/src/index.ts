export { type RPrecisionOptions, rPrecision } from './captions/r-precision.ts'
export { inceptionScore } from './classifier/inception-score.ts'
export { compareVariety, type ValueCount, type Variety } from './classifier/variety.ts'
export { frechetDistance } from './distances/frechet-distance.ts'
export { frechetInfinity } from './distances/frechet-infinity.ts'
export { kid } from './distances/kid.ts'
export { computeMoments, type Moments } from './distances/moments.ts'
export { type Bins, computeBins, ndb } from './distances/ndb.ts'
export { type LatentsToFeatures, perceptualPathLength } from './distances/perceptual-path-length.ts'
export { slicedWasserstein } from './distances/sliced-wasserstein.ts'
export { wasserstein1d } from './distances/wasserstein-1d.ts'
export { divergences } from './distributions/divergences.ts'
export { modesCovered } from './distributions/modes-covered.ts'
export { type CachedReference, computeReference } from './evaluation/compute-reference.ts'
export {
  type AttributeClassifier,
  anyValue,
  canClassify,
  type LabeledSamples,
  measureConditionAccuracy,
} from './evaluation/condition-accuracy.ts'
export { type EvaluateOptions, type Evaluation, evaluate } from './evaluation/evaluate.ts'
export { metricNames } from './evaluation/metric-table.ts'
export type { Better, MetricValue } from './evaluation/metric-value.ts'
export { summarizeSeeds } from './evaluation/metric-value.ts'
export { type DrawnSamples, quickMetrics } from './evaluation/quick-metrics.ts'
export { createReference, type ReferenceStatistics } from './evaluation/reference.ts'
export { reservoir } from './evaluation/reservoir.ts'
export type { ReferenceStore } from './evaluation/stored-reference.ts'
export { judgeMetrics, type Verdict } from './evaluation/verdict.ts'
export type { AttributeExtractor } from './extractors/attribute-features.ts'
export { birdFeatures } from './extractors/bird-features.ts'
export {
  cartoonFaceFeatures,
  cartoonFaceLayers,
  type ImageLayers,
} from './extractors/cartoon-face-features.ts'
export { digitFeatures, digitsSplit } from './extractors/digit-features.ts'
export { modelFeatures } from './extractors/model-features.ts'
export { pixels } from './extractors/pixels.ts'
export {
  chooseShippedExtractor,
  type ShippedExtractor,
  shippedExtractors,
} from './extractors/shipped-extractors.ts'
export { extractFeatures } from './features/extract-features.ts'
export type { FeatureRows } from './features/feature-rows.ts'
export type { DisposableExtractor, Extractor, Features, Images } from './features/features.ts'
export { batchImages, readImages } from './features/images.ts'
export { dataCopying } from './memorization/data-copying.ts'
export { nearestNeighbors } from './neighbors/nearest-neighbors.ts'
export { type NeighborMetrics, neighborMetrics } from './neighbors/neighbor-metrics.ts'
export {
  averagePairs,
  type PairAverage,
  type PairLabels,
  type PicturePair,
} from './pictures/average-pairs.ts'
export { backProjection } from './pictures/back-projection.ts'
export { type ClassPalette, classesOf, classesOfColors, trueClassesOf } from './pictures/class-map.ts'
export {
  type ClassMean,
  type ConfusionMatrix,
  confusionMatrix,
  meanAccuracy,
  meanIou,
  pixelAccuracy,
  sumConfusion,
} from './pictures/confusion-matrix.ts'
export {
  checkPairedMetrics,
  type MeasurePairsOptions,
  measurePairs,
  type PairedMetricValue,
  pairedMetricNames,
} from './pictures/measure-pairs.ts'
export { msSsim } from './pictures/ms-ssim.ts'
export { type PairOptions, pairedMetrics, pairedMetricTable } from './pictures/paired-metric-table.ts'
export { cutPicture, type Picture, type PictureMetric, type PictureOptions } from './pictures/picture.ts'
export { psnr } from './pictures/psnr.ts'
export { reduceByMean } from './pictures/reduce-by-mean.ts'
export { meanGradient, sharpness } from './pictures/sharpness.ts'
export { ssim } from './pictures/ssim.ts'
