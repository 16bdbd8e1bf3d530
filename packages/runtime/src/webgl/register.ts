import * as tf from '@tensorflow/tfjs-core'
import { addInGroups } from '../add-n.ts'
import { replaceKernel, stockKernels } from '../stock-kernels.ts'
import { filterGradientKernel } from './filter-gradient.ts'

/** The kernel that tfjs registered for the WebGL backend under this name. */
const stockKernel = stockKernels('webgl', "import '@tensorflow/tfjs' 4.22")

/**
 * Replaces the WebGL kernel that makes convolutions slow to train by a faster one with the same results, and corrects
 * `AddN`. Call it once after `@tensorflow/tfjs` is imported, before or after the backend starts; a second call changes
 * nothing.
 * @throws GankitError when there is no WebGL backend
 */
export function registerWebglTrainingKernels(): void {
  replaceKernel(addNKernel())
  replaceKernel(filterGradientKernel(stockKernel('Conv2DBackpropFilter')))
}

/** Where a shader has too few textures for all inputs, the stock kernel adds two halves and never releases them. */
function addNKernel(): tf.KernelConfig {
  return addInGroups(stockKernel('AddN'), () => tf.env().getNumber('WEBGL_MAX_TEXTURES_IN_SHADER'))
}
