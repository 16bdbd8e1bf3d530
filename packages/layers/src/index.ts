export {
  type AdaptiveInstanceNormalizationOptions,
  adaptiveInstanceNormalization,
} from './adaptive-instance-normalization.ts'
export { type BatchNormalizationOptions, batchNormalization } from './batch-normalization.ts'
export type { BlockOptions } from './blocks/block.ts'
export { type DownBlockOptions, downBlock } from './blocks/down-block.ts'
export { type UpBlockOptions, upBlock } from './blocks/up-block.ts'
export { applyLinks, chain, type Link } from './chain.ts'
export { checkVectorCondition, concatCondition, conditionInput } from './condition.ts'
export { type GaussianNoiseOptions, gaussianNoise } from './gaussian-noise.ts'
export {
  createInitializer,
  glorotNormal,
  glorotUniform,
  heNormal,
  type IcnrOptions,
  type Initialization,
  type Initializer,
  icnr,
  type NormalOptions,
  normal,
  type SeededOptions,
  type SeededWeights,
  type UniformOptions,
  uniform,
} from './initializers.ts'
export {
  type InstanceNormalizationOptions,
  instanceNormalization,
} from './instance-normalization.ts'
export { type MaxoutOptions, maxout } from './maxout.ts'
export {
  type MinibatchStandardDeviationOptions,
  minibatchStandardDeviation,
} from './minibatch-standard-deviation.ts'
export type { LayerOptions } from './options.ts'
export { type PixelNormalizationOptions, pixelNormalization } from './pixel-normalization.ts'
export { type PixelShuffleOptions, pixelShuffle } from './pixel-shuffle.ts'
export { type ProjectionOptions, projection } from './projection.ts'
export { type RadialBasisOptions, radialBasis } from './radial-basis.ts'
export { type ReflectionPaddingOptions, reflectionPadding } from './reflection-padding.ts'
export { type SeededDropoutOptions, seededDropout } from './seeded-dropout.ts'
export { type SelfAttentionOptions, selfAttention } from './self-attention.ts'
export { type SpectralNormalizationOptions, spectralNormalization } from './spectral-normalization.ts'
export {
  estimateTrainingCost,
  formatCount,
  formatSummary,
  type LayerSummary,
  type NetworkSummary,
  type Passes,
  summarizeNetwork,
} from './summary.ts'
export { twoClassLogit } from './two-class-logit.ts'
export { checkWeightCount, maxWeights, type WeightCheck } from './weight-limit.ts'
