import type * as tf from '@tensorflow/tfjs-core'
import { computeGeometry } from '../convolution-geometry.ts'
import {
  areFloats,
  type Backend,
  flatten,
  type Input,
  int,
  type Program,
  type Registrable,
  stockKernel,
} from './kernels.ts'
import { chooseTile, maxWorkgroups } from './tiles.ts'
import { productProgram } from './transposed-product.ts'

/**
 * The gradient of a convolution's input, which is also the transposed convolution, as matrix products. With strides of sy
 * and sx the places of the result fall into sy·sx phases: all places of a phase meet the same taps of the filter, at
 * neighboring places of dy. So each phase is one product, patches of dy times those taps, without products by zero. The
 * stock kernel runs one thread for each number and tries every tap. Types but float32 and channels first are left to the
 * stock kernel.
 */
export function transposedConvKernel(): Registrable {
  const stock = stockKernel('Conv2DBackpropInput')
  return {
    ...stock,
    kernelFunc(call) {
      const { dy, filter } = call.inputs as { dy: Input; filter: Input }
      const { inputShape } = call.attrs as unknown as tf.Conv2DBackpropInputAttrs
      const geometry = computeGeometry(inputShape, filter.shape, call.attrs)
      if (!geometry || !areFloats(dy, filter)) return stock.kernelFunc(call)
      const { batchSize, inHeight, inWidth, inChannels, outChannels, strideHeight, strideWidth } = geometry
      const { filterHeight, filterWidth, outHeight, outWidth, padInfo } = geometry
      const tile = chooseTile(inChannels)
      const rows = batchSize * Math.ceil(inHeight / strideHeight) * Math.ceil(inWidth / strideWidth)
      const dispatch: Program['dispatch'] = [
        Math.ceil(rows / (4 * tile.down)),
        Math.ceil(inChannels / (4 * tile.across)),
        strideHeight * strideWidth,
      ]
      if (Math.max(...dispatch) > maxWorkgroups) return stock.kernelFunc(call)
      const taps = Math.ceil(filterHeight / strideHeight) * Math.ceil(filterWidth / strideWidth)
      const uniforms = [
        int(batchSize, inHeight, inWidth, inChannels),
        int(outHeight, outWidth, outChannels, taps * outChannels),
        int(filterHeight, filterWidth),
        int(strideHeight, strideWidth, padInfo.top, padInfo.left),
      ]
      const program = { ...productProgram(tile, outChannels % 4 === 0), dispatch, outputShape: inputShape }
      const backend = call.backend as Backend
      return backend.runWebGPUProgram(program, [flatten(dy), flatten(filter)], 'float32', uniforms)
    },
  }
}
