import { patchGradients } from '@gankit/runtime'
import type { Case } from './case.ts'
import { arrangementCases } from './cases/arrangements.ts'
import { convolutionCases } from './cases/convolutions.ts'
import { functionCases } from './cases/functions.ts'
import { fusedCases } from './cases/fused.ts'
import { normalizationCases } from './cases/normalization.ts'
import { optimizerCases } from './cases/optimizers.ts'
import { productCases } from './cases/products.ts'
import { traceCases } from './cases/trace.ts'
import { trainingKernelCases } from './cases/training-kernels.ts'

export type { Case } from './case.ts'

export interface CasesOptions {
  /**
   * 'short' leaves out most convolutions and products, for backends that run in software. 'few' keeps every operation, but few sizes of
   * each: for such a backend whose kernels are all tfjs's own, as WebGL's, and which compiles one for each size. Default 'full'.
   */
  readonly size?: SuiteSize
}

export type SuiteSize = 'full' | 'short' | 'few'

/** Further sizes of an operation, at which kernels of gankit's own take other paths. */
const furtherSizes =
  /(one|many) channels?:|shared over axes (1|2|3|1,2,3):|padding of (1|0,2,1,0):|Adam on \[(1|7|5,5,3,8|33,65)\]/

/**
 * The cases that every backend has to pass, to be run one after the other on the backend that tfjs then uses. Patches
 * the gradients of tfjs: no backend passes without the patch.
 */
export function cases({ size = 'full' }: CasesOptions = {}): Case[] {
  patchGradients()
  const all = [
    ...functionCases(),
    ...arrangementCases(),
    ...normalizationCases(),
    ...optimizerCases(),
    ...trainingKernelCases(),
    ...fusedCases(),
    ...traceCases(),
    ...productCases(size),
    ...convolutionCases(size),
  ]
  return size === 'few' ? all.filter(({ name }) => !furtherSizes.test(name)) : all
}
