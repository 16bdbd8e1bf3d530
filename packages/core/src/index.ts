export { checkChoice, checkInteger, checkOption, checkPositive, lookUp } from './checks.ts'
export { askedFor, type Condition, conditionSize } from './condition.ts'
export type {
  Attribute,
  Augmentation,
  Batch,
  Batches,
  BatchOptions,
  Dataset,
  Position,
  Skipped,
} from './dataset.ts'
export type { Distribution } from './distribution.ts'
export { type ErrorKind, GankitError, isGankitError } from './errors.ts'
export { type Forward, forward } from './forward.ts'
export { allWeights, type Gan, type NamedWeights, trainableWeights } from './gan.ts'
export { fromHalf, toHalf } from './half.ts'
export { yieldToHost } from './host.ts'
export {
  type Latent,
  latentNumbers,
  latentWith,
  normalPrior,
  type Prior,
  sampleLatent,
  uniformPrior,
} from './latent.ts'
export { type LatentPath, latentPath, lerp, slerp } from './latent-path.ts'
export { mapBatches } from './map-batches.ts'
export type { Objective, Penalty, PenaltyTurn } from './objective.ts'
export { checkLatent, fraction, latentOption, parseOptions, positive, wholeNumber } from './options.ts'
export { checkSeed, type RandomStream, randomStream } from './random.ts'
export { sha256 } from './sha256.ts'
export { sizeOfShape } from './shape.ts'
export {
  hasTrainingKernel,
  readsAreAsync,
  runTrainingKernel,
  type TrainingKernel,
} from './training-kernels.ts'
