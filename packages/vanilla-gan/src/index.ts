export type { Initialization } from '@gankit/layers'
export { architectures } from './architectures.ts'
export type {
  DenseDiscriminator,
  MlpGenerator,
  RbfGenerator,
  VanillaGanOptions,
} from './options.ts'
export { createVanillaGan } from './vanilla-gan.ts'
