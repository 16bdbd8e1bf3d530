import type { Gan } from '@gankit/core'
import { architectures, createDcgan } from '@gankit/dcgan'
import type { Workload } from '@gankit/runtime/node'
import { createVanillaGan, architectures as dense } from '@gankit/vanilla-gan'

export type ModelName = 'vanilla' | 'light' | 'algorithm1' | 'dcgan28' | 'dcgan64'

/** The networks that are timed. `base` is for the convolutional ones. */
export const models: Readonly<Record<ModelName, (base?: number) => Gan>> = {
  vanilla: () => createVanillaGan(dense.classic),
  light: () => createVanillaGan(dense.light),
  algorithm1: () => createVanillaGan(dense.algorithm1),
  dcgan28: base => createDcgan({ ...architectures.mnist, ...(base && { base }) }),
  dcgan64: base => createDcgan({ ...architectures['faces-wide'], base: base ?? 64 }),
}

/** Native TensorFlow runs nets of dense layers on one thread. */
export const findWorkload = (model: ModelName): Workload =>
  model.startsWith('dcgan') ? 'convolutional' : 'dense'
