import { patchGradients } from '../gradients/patch.ts'
import { replaceKernel } from '../stock-kernels.ts'
import { adamKernel } from './adam.ts'
import { batchNormGradKernel, batchNormKernel } from './batch-norm.ts'
import { conv2dKernel, fusedConv2dKernel } from './conv2d.ts'
import { conv2dFilterKernel } from './conv2d-filter.ts'
import { conv2dInputKernel } from './conv2d-input.ts'
import { identityKernel } from './identity.ts'
import { leakyReluGradKernel, leakyReluKernel } from './leaky-relu.ts'
import { fusedMatMulKernel, matMulKernel } from './mat-mul.ts'
import { preluKernel } from './prelu.ts'
import { reflectionPadGradKernel } from './reflection-pad-grad.ts'
import { squaredSumKernel } from './squared-sum.ts'
import { sumKernel } from './sum.ts'
import { hasSimd } from './thread-pool.ts'
import { unsortedSegmentSumKernel } from './unsorted-segment-sum.ts'

/**
 * Gives the wasm backend the kernels for training that it lacks, and faster ones where training is slow. Call it once after
 * `@tensorflow/tfjs-backend-wasm` is imported, before or after the backend starts; a second call changes nothing. It also
 * calls `patchGradients`, on which the gradients of the new kernels rely.
 * @throws GankitError when there is no wasm backend
 */
export function registerWasmTrainingKernels(): void {
  patchGradients()
  const everywhere = [
    matMulKernel,
    fusedMatMulKernel,
    conv2dKernel,
    fusedConv2dKernel,
    conv2dInputKernel,
    conv2dFilterKernel,
    sumKernel,
    leakyReluKernel,
    preluKernel,
    identityKernel,
    unsortedSegmentSumKernel,
  ]
  // Callers compose these from other kernels where a backend lacks them.
  const fused = [
    adamKernel,
    () => batchNormKernel('BatchNorm'),
    () => batchNormGradKernel('BatchNormGrad'),
    () => batchNormKernel('InstanceNorm'),
    () => batchNormGradKernel('InstanceNormGrad'),
    leakyReluGradKernel,
    reflectionPadGradKernel,
    squaredSumKernel,
  ]
  for (const kernel of hasSimd() ? [...everywhere, ...fused] : everywhere) replaceKernel(kernel())
}
