export type {
  DenseDiscriminator,
  Initialization,
  MlpGenerator,
  RbfGenerator,
  VanillaGanOptions,
} from './options.ts'
export { recipes } from './recipes.ts'
export { createVanillaGan } from './vanilla-gan.ts'
