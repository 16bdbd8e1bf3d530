import { backend_util } from '@tensorflow/tfjs-core'

export type ConvolutionGeometry = backend_util.Conv2DInfo

interface ConvolutionAttributes {
  readonly strides: [number, number] | number
  readonly pad: Parameters<typeof backend_util.computeConv2DInfo>[4]
  readonly dataFormat?: string
  readonly dilations?: [number, number] | number
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/**
 * The sizes of a convolution, from the attributes of Conv2D or of one of its gradients.
 * @param input shape of the images, [n, height, width, channels]
 * @param filter [height, width, inputs, outputs]
 * @returns undefined for channels first
 */
export function computeGeometry(
  input: readonly number[],
  filter: readonly number[],
  attributes: unknown,
): ConvolutionGeometry | undefined {
  const {
    strides,
    pad,
    dataFormat = 'NHWC',
    dilations = 1,
    dimRoundingMode,
  } = attributes as ConvolutionAttributes
  if (dataFormat !== 'NHWC') return undefined
  return backend_util.computeConv2DInfo(
    input as [number, number, number, number],
    filter as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  )
}
