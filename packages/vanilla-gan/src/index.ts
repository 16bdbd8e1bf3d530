export type { Initialization } from '@gankit/layers'
export type {
  DenseDiscriminator,
  MlpGenerator,
  RbfGenerator,
  VanillaGanOptions,
} from './options.ts'
export { recipes } from './recipes.ts'
export { createVanillaGan } from './vanilla-gan.ts'
