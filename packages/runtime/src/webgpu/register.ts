import { replaceKernel } from '../stock-kernels.ts'
import { adamUpdateKernel } from './adam-update.ts'
import { addNKernel } from './add-n.ts'
import { batchNormGradKernel, batchNormKernel } from './batch-norm.ts'
import { filterGradientKernel } from './filter-gradient.ts'
import { leakyReluGradKernel } from './leaky-relu-grad.ts'
import { transposedConvKernel } from './transposed-conv.ts'

/**
 * Replaces the WebGPU kernels that make training slow by faster ones with the same results, corrects `AddN`, and adds the
 * training kernels of `@gankit/core`. Call it once after `@tensorflow/tfjs-backend-webgpu` is imported,
 * before or after the backend starts; a second call changes nothing.
 * @throws GankitError when there is no WebGPU backend
 */
export function registerWebgpuTrainingKernels(): void {
  replaceKernel(filterGradientKernel())
  replaceKernel(transposedConvKernel())
  replaceKernel(addNKernel())
  replaceKernel(adamUpdateKernel())
  replaceKernel(batchNormKernel('BatchNorm'))
  replaceKernel(batchNormGradKernel('BatchNormGrad'))
  replaceKernel(batchNormKernel('InstanceNorm'))
  replaceKernel(batchNormGradKernel('InstanceNormGrad'))
  replaceKernel(leakyReluGradKernel())
}
