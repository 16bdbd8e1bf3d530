import { replaceKernel } from '../stock-kernels.ts'
import { addNKernel } from './add-n.ts'
import { filterGradientKernel } from './filter-gradient.ts'

/**
 * Replaces the WebGL kernel on which convolutions are slow to train by a faster one with the same results, and
 * mends `AddN`. Call it once after `@tensorflow/tfjs` is imported, before or after the backend starts; a second call
 * changes nothing.
 * @throws GankitError when the WebGL backend is not there
 */
export function registerWebglTrainingKernels(): void {
  replaceKernel(addNKernel())
  replaceKernel(filterGradientKernel())
}
