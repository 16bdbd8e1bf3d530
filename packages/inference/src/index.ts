export { averageRows, type ChosenSamples, drawArithmetic, sumAndNeighbors } from './arithmetic.ts'
export {
  type CaptionCondition,
  type CaptionParts,
  type CaptionPath,
  drawBetween,
  findCaptions,
  listExamples,
  openParts,
} from './captions.ts'
export { type AttributeValues, decodeCategories, parseAttributes, setConditions } from './conditions.ts'
export { encodeGenerator, type GeneratorFiles } from './encode.ts'
export {
  checkInputs,
  drawConditions,
  drawInputs,
  drawNoise,
  type GeneratorDescription,
  type GivenInputs,
  hasDrawnInputs,
  type InputNumbers,
} from './inputs.ts'
export { type LatentPath, latentPath, lerp, slerp } from './latent-path.ts'
export type { GeneratorMetadata } from './metadata.ts'
export { exportOnnx, type OnnxOptions } from './onnx/export-onnx.ts'
export { openGenerator, type SavedGenerator } from './open.ts'
export { drawSamples, type SampleOptions, type Samples, sample, samplePieces } from './sample.ts'
export { arrangeWalk, type SampleGrid } from './sample-grid.ts'
export {
  describeSizes,
  type TranslatedPicture,
  type TranslateOptions,
  translatePicture,
} from './translate.ts'
export { drawWalk, type Walk, walkInputs } from './walk.ts'
export type { WeightPrecision } from './weights.ts'
