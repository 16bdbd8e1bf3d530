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
  /** 'short' leaves out most convolutions and products, for backends that run in software. Default 'full'. */
  readonly size?: 'full' | 'short'
}

/**
 * The cases that every backend has to pass, to be run one after the other on the backend that tfjs then uses. Patches
 * the gradients of tfjs: no backend passes without the patch.
 */
export function cases({ size = 'full' }: CasesOptions = {}): Case[] {
  patchGradients()
  const isShort = size === 'short'
  return [
    ...functionCases(),
    ...arrangementCases(),
    ...normalizationCases(),
    ...optimizerCases(),
    ...trainingKernelCases(),
    ...fusedCases(),
    ...traceCases(),
    ...productCases(isShort),
    ...convolutionCases(isShort),
  ]
}
