import * as tf from '@tensorflow/tfjs-core'
import { addInGroups } from '../add-n.ts'
import { stockKernel } from './kernels.ts'

/** The stock kernel adds two halves where a shader has too few textures for all inputs, and never lets go of them. */
export function addNKernel(): tf.KernelConfig {
  return addInGroups(stockKernel('AddN'), () => tf.env().getNumber('WEBGL_MAX_TEXTURES_IN_SHADER'))
}
