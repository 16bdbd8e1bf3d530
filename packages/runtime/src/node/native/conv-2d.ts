import type * as tf from '@tensorflow/tfjs-core'
import type { Arithmetic } from './arithmetic.ts'
import { float32, inScope, type NativeBackend, stockKernel, type } from './backend.ts'
import {
  type ConvolutionInfo,
  computeInfo,
  convolve,
  convolveBack,
  convolveBackInVectors,
  correlate,
} from './convolution.ts'
import { correlateAsConvolution, isFasterAsConvolution } from './deep-filters.ts'
import { convolveBackBySubPixels, isSubPixelFaster, planSubPixel } from './sub-pixel.ts'

export function conv2dKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('Conv2D')
  return {
    ...stock,
    kernelFunc(call) {
      const { x, filter } = call.inputs as Record<string, tf.TensorInfo>
      const info = computeInfo(x!.shape, filter!.shape, call.attrs)
      if (!info) return stock.kernelFunc(call)
      const dtype = chooseType(info, arithmetic)
      return inScope(call.backend, scope => {
        const inputs = [x!, filter!].map(input => arithmetic.input(scope, input, dtype))
        return arithmetic.take(scope, convolve(scope, dtype, inputs, info))
      })
    },
  }
}

/** Conv2D with or without a bias, which layers without an activation run in training too. */
export function fusedConv2dKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('FusedConv2D')
  return {
    ...stock,
    kernelFunc(call) {
      const { x, filter, bias } = call.inputs as Record<string, tf.TensorInfo | undefined>
      const { activation = 'linear' } = call.attrs as unknown as { activation?: string }
      const info = computeInfo(x!.shape, filter!.shape, call.attrs)
      if (!info || activation !== 'linear' || (bias && bias.shape.length !== 1)) return stock.kernelFunc(call)
      const dtype = chooseType(info, arithmetic)
      return inScope(call.backend, scope => {
        const inputs = [x!, filter!].map(input => arithmetic.input(scope, input, dtype))
        const result = convolve(scope, dtype, inputs, info)
        if (!bias) return arithmetic.take(scope, result)
        const sum = scope.run(
          'BiasAdd',
          [type('T', dtype)],
          [result.id, arithmetic.input(scope, bias, dtype)],
        )
        return arithmetic.take(scope, sum[0]!)
      })
    },
  }
}

/** Where the result has few channels, as in a generator's last layer, this is a sub-pixel convolution. */
export function conv2dBackpropInputKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('Conv2DBackpropInput')
  return {
    ...stock,
    kernelFunc(call) {
      const { dy, filter } = call.inputs as Record<string, tf.TensorInfo>
      const info = computeInfo(call.attrs!['inputShape'] as number[], filter!.shape, call.attrs)
      if (!info) return stock.kernelFunc(call)
      const dtype = chooseType(info, arithmetic, arithmetic.typeOf(dy!))
      const backend = call.backend as unknown as NativeBackend
      const plan = backend.isUsingGpuDevice ? undefined : planSubPixel(info)
      return inScope(backend, scope => {
        const dyId = arithmetic.input(scope, dy!, dtype)
        if (plan && isSubPixelFaster(plan, info)) {
          const weights = scope.read(scope.inputs(filter!)[0]!)
          return arithmetic.take(scope, convolveBackBySubPixels(scope, dtype, dyId, weights, plan, info))
        }
        const filterId = arithmetic.input(scope, filter!, dtype)
        const own = backend.isUsingGpuDevice ? convolveBack : convolveBackInVectors
        return arithmetic.take(scope, own(scope, dtype, dyId, filterId, info))
      })
    },
  }
}

export function conv2dBackpropFilterKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('Conv2DBackpropFilter')
  return {
    ...stock,
    kernelFunc(call) {
      const { x, dy } = call.inputs as Record<string, tf.TensorInfo>
      const info = computeInfo(x!.shape, call.attrs!['filterShape'] as number[], call.attrs)
      if (!info) return stock.kernelFunc(call)
      const dtype = chooseType(info, arithmetic)
      const backend = call.backend as unknown as NativeBackend
      return inScope(backend, scope => {
        const [xId, dyId] = [x!, dy!].map(input => arithmetic.input(scope, input, dtype)) as [number, number]
        const result =
          !backend.isUsingGpuDevice && isFasterAsConvolution(dtype, info)
            ? correlateAsConvolution(scope, dtype, xId, dyId, info)
            : correlate(scope, dtype, xId, dyId, info)
        return arithmetic.take(scope, result)
      })
    },
  }
}

/** An image with few channels has too few products to be worth a conversion of type. */
function chooseType(
  { inChannels }: ConvolutionInfo,
  { products }: Arithmetic,
  few: number = float32,
): number {
  return inChannels < 16 ? few : products
}
