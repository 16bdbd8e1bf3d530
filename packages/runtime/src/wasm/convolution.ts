import { computeGeometry } from '../convolution-geometry.ts'

/** Images in memory, [images, height, width·channels]. */
export interface Grid {
  readonly images: number
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** A padded image, in lines and points: the place of the image inside it, and its size. */
export interface Window {
  readonly above: number
  readonly left: number
  readonly height: number
  readonly width: number
}

/** The sizes of a convolution without dilation, with channels last. */
export interface Convolution {
  readonly images: number
  readonly inChannels: number
  readonly filters: number
  readonly inHeight: number
  readonly inWidth: number
  readonly outHeight: number
  readonly outWidth: number
  readonly filterHeight: number
  readonly filterWidth: number
  readonly strideHeight: number
  readonly strideWidth: number
  readonly padTop: number
  readonly padLeft: number
  /** The images, and the part of the padded image that the filter's windows cover. */
  readonly input: Grid
  readonly window: Window
}

/**
 * @param x shape of the images, [n, height, width, channels]
 * @param filter shape of the filter, [height, width, inputs, outputs]
 * @param attributes of Conv2D or of one of its gradients
 * @returns undefined for convolutions that are left to the stock kernels: dilations, channels first, empty tensors
 */
export function computeConvolution(
  x: readonly number[],
  filter: readonly number[],
  attributes: unknown,
): Convolution | undefined {
  const info = computeGeometry(x, filter, attributes)
  if (info?.dilationHeight !== 1 || info.dilationWidth !== 1) return
  const { batchSize: images, inChannels, outChannels: filters, filterHeight, filterWidth } = info
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth } = info
  if (inChannels !== filter[2]) return
  return {
    ...{ images, inChannels, filters, filterHeight, filterWidth },
    ...{ inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth },
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
    input: { images, height: inHeight, width: inWidth, channels: inChannels },
    window: {
      above: info.padInfo.top,
      left: info.padInfo.left,
      height: (outHeight - 1) * strideHeight + filterHeight,
      width: (outWidth - 1) * strideWidth + filterWidth,
    },
  }
}
