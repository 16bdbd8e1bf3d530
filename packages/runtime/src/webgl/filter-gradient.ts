import * as tf from '@tensorflow/tfjs-core'
import { type ConvolutionGeometry, computeGeometry } from '../convolution-geometry.ts'

type Tensor = tf.TensorInfo

/** Numbers in the patches of a convolution, which tfjs lays out as one texture; with more the texture takes too long. */
const maxPatches = 2 ** 24

/**
 * The gradient of a convolution's filter as a convolution of x, with its channels as the batch, and dy, with its batch as
 * the channels and dilated by the strides. tfjs runs this as a product of packed matrices; the stock kernel runs one thread
 * for each weight along all places of the batch. Types but float32, channels first and too large patches are left to the
 * stock kernel.
 */
export function filterGradientKernel(stock: tf.KernelConfig): tf.KernelConfig {
  return {
    ...stock,
    kernelFunc(call) {
      const { x, dy } = call.inputs as { x: Tensor; dy: Tensor }
      const { filterShape } = call.attrs as unknown as tf.Conv2DBackpropFilterAttrs
      const geometry = computeGeometry(x.shape, filterShape, call.attrs)
      if (!geometry || x.dtype !== 'float32' || dy.dtype !== 'float32') return stock.kernelFunc(call)
      const { batchSize, inChannels, outHeight, outWidth, filterHeight, filterWidth } = geometry
      const patches = inChannels * filterHeight * filterWidth * batchSize * outHeight * outWidth
      if (patches === 0 || patches > maxPatches) return stock.kernelFunc(call)
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
  // Exactly the places that the filter meets: zeros are added where x is too small, the rest of x is cut off.
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
