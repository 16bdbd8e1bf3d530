export { architectures } from './architectures.ts'
export type {
  DenseDiscriminator,
  Initialization,
  MlpGenerator,
  RbfGenerator,
  VanillaGanOptions,
} from './options.ts'
export { createVanillaGan } from './vanilla-gan.ts'
