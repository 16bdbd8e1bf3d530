import type { Gan } from '@gankit/core'
import { createDcgan, presets } from '@gankit/dcgan'
import type { Operations } from '@gankit/runtime/node'
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

/** Those of dense layers have short operations, which native TensorFlow runs on one thread. */
export const operationsOf = (model: ModelName): Operations => (model.startsWith('dcgan') ? 'long' : 'short')
