export { checkChoice, checkColor, checkInteger, checkOption, checkPositive, lookUp } from './checks.ts'
export {
  type Attribute,
  type CategoricalCondition,
  type Condition,
  type ConditionAttribute,
  conditionShape,
  conditionSize,
  encodeCategories,
  type ImageCondition,
  sampleCategories,
  sampleCondition,
  sizeOfShape,
  type TokenCondition,
  type VectorCondition,
} from './condition.ts'
export {
  type Augmentation,
  type Batch,
  type Batches,
  type BatchOptions,
  type Dataset,
  disposeBatch,
  mapBatches,
  type Position,
  readCondition,
  type Skipped,
} from './dataset.ts'
export type { Distribution } from './distribution.ts'
export { type ErrorKind, GankitError, isGankitError } from './errors.ts'
export { formatBytes, formatNumber } from './format-number.ts'
export { type Forward, forward } from './forward.ts'
export {
  allWeights,
  type Gan,
  joinWeights,
  type NamedWeights,
  selectGenerator,
  trainableWeights,
} from './gan.ts'
export {
  type GenerateOptions,
  type Generator,
  type GeneratorInputs,
  generate,
  orderInputs,
  type SequenceOutput,
  sampleTokens,
} from './generator.ts'
export { fromHalf, toHalf } from './half.ts'
export { yieldToHost } from './host.ts'
export { isDeep, parseJson } from './json.ts'
export {
  type Latent,
  latentNumbers,
  normalPrior,
  type Prior,
  sampleLatent,
  uniformPrior,
} from './latent.ts'
export type { GeneratorTermContext, Objective, Penalty, PenaltyContext, Term } from './objective.ts'
export {
  checkLatent,
  conditionOption,
  formatExpected,
  fraction,
  latentOption,
  parseOptions,
  partialLatentOption,
  positive,
  wholeNumber,
} from './options.ts'
export * as protobuf from './protobuf.ts'
export { checkSeed, type RandomStream, randomStream } from './random.ts'
export { describeScalar, type ScalarDescription } from './scalar.ts'
export { sha256 } from './sha256.ts'
export {
  hasTrainingKernel,
  readsAreAsync,
  runTrainingKernel,
  type TrainingKernel,
} from './training-kernels.ts'
export { decodeWords, type EncodedWords, encodeWords, listVocabulary, splitWords } from './words.ts'
