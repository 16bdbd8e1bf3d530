import type { Gan } from '@gankit/core'
import { createVanillaGan, recipes } from '@gankit/vanilla-gan'
import { createDcgan } from './dcgan.ts'

/** The networks that are timed, by name. `base` is for the convolutional ones. */
export const models = {
  vanilla: () => createVanillaGan(recipes.course),
  light: () => createVanillaGan(recipes.light),
  algorithm1: () => createVanillaGan(recipes.algorithm1),
  dcgan28: base => createDcgan({ size: 28, ...(base && { base }) }),
  dcgan64: base => createDcgan({ size: 64, ...(base && { base }) }),
} satisfies Record<string, (base?: number) => Gan>

export type ModelName = keyof typeof models
