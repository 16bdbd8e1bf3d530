import * as tf from '@tensorflow/tfjs-core'
import { type ConvolutionGeometry, geometryOf } from '../convolution-geometry.ts'
import { stockKernel } from './kernels.ts'

type Tensor = tf.TensorInfo

/** tfjs lays the patches of a convolution out as one texture; larger ones than this cost more than they save. */
const mostPatches = 2 ** 24

/**
 * The gradient of a convolution's filter as a convolution: x, its channels taken for the batch, with dy, its batch
 * taken for the channels, spread by the strides. tfjs runs that as a product of packed matrices; the stock kernel runs
 * one thread a weight along all places of the batch. What isn't float32 and channels last, or too large, is left to it.
 */
export function filterGradientKernel(): tf.KernelConfig {
  const replaced = stockKernel('Conv2DBackpropFilter')
  return {
    ...replaced,
    kernelFunc(call) {
      const { x, dy } = call.inputs as { x: Tensor; dy: Tensor }
      const { filterShape } = call.attrs as unknown as tf.Conv2DBackpropFilterAttrs
      const geometry = geometryOf(x.shape, filterShape, call.attrs)
      if (!geometry || x.dtype !== 'float32' || dy.dtype !== 'float32') return replaced.kernelFunc(call)
      const { batchSize, inChannels, outHeight, outWidth, filterHeight, filterWidth } = geometry
      const patches = inChannels * filterHeight * filterWidth * batchSize * outHeight * outWidth
      if (patches === 0 || patches > mostPatches) return replaced.kernelFunc(call)
      return filterGradient(call.backend as tf.KernelBackend, x, dy, geometry)
    },
  }
}

function filterGradient(
  backend: tf.KernelBackend,
  x: Tensor,
  dy: Tensor,
  geometry: ConvolutionGeometry,
): Tensor {
  const { padInfo, inHeight, inWidth, outHeight, outWidth } = geometry
  const { strideHeight, strideWidth, filterHeight, filterWidth } = geometry
  const between: Tensor[] = []
  const run = (kernelName: string, inputs: Record<string, Tensor>, attrs: object) => {
    const { kernelFunc } = tf.getKernel(kernelName, 'webgl')
    const output = kernelFunc({ inputs, backend, attrs: attrs as tf.NamedAttrMap }) as Tensor
    between.push(output)
    return output
  }
  // Just the places that the filter meets: what is missing is zero, what is too much is cut off.
  const height = (outHeight - 1) * strideHeight + filterHeight
  const width = (outWidth - 1) * strideWidth + filterWidth
  const { top, left } = padInfo
  const paddings = [
    [0, 0],
    [top, Math.max(0, height - inHeight - top)],
    [left, Math.max(0, width - inWidth - left)],
    [0, 0],
  ]
  const padded = run('PadV2', { x }, { paddings, constantValue: 0 })
  const size = [x.shape[0], height, width, x.shape[3]]
  const met = run('Slice', { x: padded }, { begin: [0, 0, 0, 0], size })
  const image = run('Transpose', { x: met }, { perm: [3, 1, 2, 0] })
  const filter = run('Transpose', { x: dy }, { perm: [1, 2, 0, 3] })
  const dilations = [strideHeight, strideWidth]
  const attributes = { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations }
  const turned = run('Conv2D', { x: image, filter }, attributes)
  const result = run('Transpose', { x: turned }, { perm: [1, 2, 0, 3] })
  for (const tensor of between) if (tensor !== result) backend.disposeData(tensor.dataId)
  return result
}
