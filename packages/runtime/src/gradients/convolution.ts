import * as tf from '@tensorflow/tfjs'
import { type GradientRule, runKernel } from './rule.ts'

/**
 * The gradients of gradients of convolutions. A gradient of a convolution is linear in each of its inputs, so its own
 * gradients are convolutions and gradients of convolutions again. Stock tfjs has only that of Conv2DBackpropInput.
 */
export const convolution: readonly GradientRule[] = [
  {
    kernelName: 'Conv2DBackpropFilter',
    inputsToSave: ['x', 'dy'],
    gradient: (ddw, [x, dy], { strides, pad, dataFormat, dimRoundingMode }) => ({
      x: () =>
        runKernel(
          'Conv2DBackpropInput',
          { dy: dy!, filter: ddw },
          { strides, pad, dataFormat, dimRoundingMode, inputShape: x!.shape },
        ),
      dy: () => tf.conv2d(x as tf.Tensor4D, ddw as tf.Tensor4D, strides, pad, dataFormat, 1, dimRoundingMode),
    }),
  },
  {
    kernelName: 'DepthwiseConv2dNativeBackpropFilter',
    inputsToSave: ['x', 'dy'],
    gradient: (ddw, [x, dy], { filterShape: _, ...attributes }) => ({
      x: () =>
        runKernel(
          'DepthwiseConv2dNativeBackpropInput',
          { dy: dy!, filter: ddw },
          { ...attributes, inputShape: x!.shape },
        ),
      dy: () => runKernel('DepthwiseConv2dNative', { x: x!, filter: ddw }, attributes),
    }),
  },
  {
    kernelName: 'DepthwiseConv2dNativeBackpropInput',
    inputsToSave: ['dy', 'filter'],
    gradient: (ddx, [dy, filter], { inputShape: _, ...attributes }) => ({
      dy: () => runKernel('DepthwiseConv2dNative', { x: ddx, filter: filter! }, attributes),
      filter: () =>
        runKernel(
          'DepthwiseConv2dNativeBackpropFilter',
          { x: ddx, dy: dy! },
          { ...attributes, filterShape: filter!.shape },
        ),
    }),
  },
]
