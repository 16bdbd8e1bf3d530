export { type BatchNormalizationOptions, batchNormalization } from './batch-normalization.ts'
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  type Initializer,
  type NormalOptions,
  normal,
  type SeededOptions,
  type UniformOptions,
  uniform,
} from './initializers.ts'
export { type MaxoutOptions, maxout } from './maxout.ts'
export type { LayerOptions } from './options.ts'
export { type RadialBasisOptions, radialBasis } from './radial-basis.ts'
export { type SeededDropoutOptions, seededDropout } from './seeded-dropout.ts'
export { twoClassLogit } from './two-class-logit.ts'
