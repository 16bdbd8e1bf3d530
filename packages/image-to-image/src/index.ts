export { type BicycleGanOptions, bicycleGan } from './games/bicycle-gan.ts'
export { type CutOptions, cut } from './games/cut.ts'
export { type CycleGanOptions, cycleGan } from './games/cycle-gan.ts'
export { type ContentSteps, type Pix2PixOptions, pix2pix } from './games/pix2pix.ts'
export { type SegmentationOptions, segmentation } from './games/segmentation.ts'
export type { UnlabeledOptions } from './games/unlabeled.ts'
export {
  checkPalette,
  encodeLabels,
  type LabelColor,
  labelColors,
  labelPlanes,
  type Palette,
} from './labels.ts'
export type { NetworkOptions, Normalization } from './networks/parts.ts'
export {
  type PatchDiscriminatorOptions,
  type PatchSide,
  patchDiscriminator,
} from './networks/patch-discriminator.ts'
export { type ProjectionHeadsOptions, projectionHeads } from './networks/projection-heads.ts'
export { type ResnetGeneratorOptions, resnetGenerator } from './networks/resnet-generator.ts'
export { type RrdbNetOptions, rrdbNet } from './networks/rrdb-net.ts'
export { type EnlargingOptions, type SrResnetOptions, srResnet } from './networks/sr-resnet.ts'
export { type StyleEncoderOptions, styleEncoder } from './networks/style-encoder.ts'
export { styleNoise, type UNetOptions, uNet } from './networks/u-net.ts'
