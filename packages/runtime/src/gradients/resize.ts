import * as tf from '@tensorflow/tfjs'
import { type GradientRule, runKernel } from './rule.ts'
import { separableGradient } from './separable-map.ts'

type Images = tf.Tensor4D
type Size = [height: number, width: number]

interface Resizing {
  readonly size: Size
  readonly alignCorners: boolean
  readonly halfPixelCenters: boolean
}

export const resizing: readonly GradientRule[] = [
  {
    // The stock gradient ignores halfPixelCenters, and on 'cpu' its shape has height and width exchanged.
    kernelName: 'ResizeBilinear',
    inputsToSave: ['images'],
    gradient: (dy, [images], how: Resizing) => ({
      images: () =>
        how.halfPixelCenters
          ? computeResizeGradient(tf.image.resizeBilinear, dy, images!, how)
          : runKernel('ResizeBilinearGrad', { dy, images: images! }, { ...how }).reshape(images!.shape),
    }),
  },
  {
    kernelName: 'ResizeBilinearGrad',
    inputsToSave: ['images', 'dy'],
    gradient: (ddx, [images, dy], { alignCorners }: Resizing) => ({
      dy: () =>
        tf.image.resizeBilinear(
          ddx.reshape(images!.shape) as Images,
          dy!.shape.slice(1, 3) as Size,
          alignCorners,
        ),
      images: () => tf.zerosLike(images!),
    }),
  },
  {
    // The stock gradient ignores halfPixelCenters, and on 'cpu' is wrong for all images but the first.
    kernelName: 'ResizeNearestNeighbor',
    inputsToSave: ['images'],
    gradient(dy, [images], how: Resizing) {
      const factors = how.size.map((side, i) => side / images!.shape[1 + i]!) as Size
      const isRepetition = !how.alignCorners && factors.every(Number.isInteger)
      return {
        images: () =>
          isRepetition
            ? tf.avgPool(dy as Images, factors, factors, 'valid').mul(factors[0] * factors[1])
            : computeResizeGradient(tf.image.resizeNearestNeighbor, dy, images!, how),
      }
    },
  },
]

function computeResizeGradient(
  resize: (images: Images, size: Size, alignCorners: boolean, halfPixelCenters: boolean) => Images,
  dy: tf.Tensor,
  images: tf.Tensor,
  { size, alignCorners, halfPixelCenters }: Resizing,
): tf.Tensor {
  return separableGradient(
    (x, axis) =>
      resize(
        x,
        axis === 'rows' ? [size[0], x.shape[2]] : [x.shape[1], size[1]],
        alignCorners,
        halfPixelCenters,
      ),
    dy,
    images.shape,
  )
}
