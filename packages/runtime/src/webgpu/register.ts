import { replaceKernel } from '../stock-kernels.ts'
import { adamUpdateKernel } from './adam-update.ts'
import { addNKernel } from './add-n.ts'
import { batchNormGradKernel, batchNormKernel } from './batch-norm.ts'
import { filterGradientKernel } from './filter-gradient.ts'
import { leakyReluGradKernel } from './leaky-relu-grad.ts'
import { transposedConvKernel } from './transposed-conv.ts'

/**
 * Replaces the WebGPU kernels on which training is slow by faster ones with the same results, mends `AddN`, and adds
 * those that `@gankit/core` names for training. Call it once after `@tensorflow/tfjs-backend-webgpu` is imported,
 * before or after the backend starts; a second call changes nothing.
 * @throws GankitError when the WebGPU backend is not there
 */
export function registerWebgpuTrainingKernels(): void {
  replaceKernel(filterGradientKernel())
  replaceKernel(transposedConvKernel())
  replaceKernel(addNKernel())
  replaceKernel(adamUpdateKernel())
  replaceKernel(batchNormKernel())
  replaceKernel(batchNormGradKernel())
  replaceKernel(leakyReluGradKernel())
}
