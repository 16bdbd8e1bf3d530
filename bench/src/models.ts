import type { Gan } from '@gankit/core'
import { createDcgan, presets } from '@gankit/dcgan'
import type { Workload } from '@gankit/runtime/node'
import { createVanillaGan, recipes } from '@gankit/vanilla-gan'

export type ModelName = 'vanilla' | 'light' | 'algorithm1' | 'dcgan28' | 'dcgan64'

/** The networks that are timed. `base` is for the convolutional ones. */
export const models: Readonly<Record<ModelName, (base?: number) => Gan>> = {
  vanilla: () => createVanillaGan(recipes.course),
  light: () => createVanillaGan(recipes.light),
  algorithm1: () => createVanillaGan(recipes.algorithm1),
  dcgan28: base => createDcgan({ ...presets.mnist, ...(base && { base }) }),
  dcgan64: base => createDcgan({ ...presets.course, base: base ?? 64 }),
}

/** Native TensorFlow runs nets of dense layers on one thread. */
export const findWorkload = (model: ModelName): Workload =>
  model.startsWith('dcgan') ? 'convolutional' : 'dense'
