import type * as tf from '@tensorflow/tfjs-core'
import type { Arithmetic } from './arithmetic.ts'
import { float32, inScope, type NativeBackend, type } from './backend.ts'
import {
  type ConvolutionInfo,
  convolve,
  convolveBack,
  convolveBackInVectors,
  correlate,
  infoOf,
} from './convolution.ts'
import { convolveBackByPhases, phasesOf, phasesPay } from './phases.ts'
import { stockKernel } from './registry.ts'
import { correlateAsConvolution, correlationPays } from './wide-filters.ts'

export function conv2dKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('Conv2D')
  return {
    ...stock,
    kernelFunc(call) {
      const { x, filter } = call.inputs as Record<string, tf.TensorInfo>
      const info = infoOf(x!.shape, filter!.shape, call.attrs)
      if (!info) return stock.kernelFunc(call)
      const dtype = typeFor(info, arithmetic)
      return inScope(call.backend, scope => {
        const inputs = [x!, filter!].map(input => arithmetic.input(scope, input, dtype))
        return arithmetic.take(scope, convolve(scope, dtype, inputs, info))
      })
    },
  }
}

/** Conv2D with or without a bias, which layers without an activation of their own ask for in training too. */
export function fusedConv2dKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('FusedConv2D')
  return {
    ...stock,
    kernelFunc(call) {
      const { x, filter, bias } = call.inputs as Record<string, tf.TensorInfo | undefined>
      const { activation = 'linear' } = call.attrs as unknown as { activation?: string }
      const info = infoOf(x!.shape, filter!.shape, call.attrs)
      if (!info || activation !== 'linear' || (bias && bias.shape.length !== 1)) return stock.kernelFunc(call)
      const dtype = typeFor(info, arithmetic)
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

/** By phases where the result has few channels: a generator's last layer, and the gradient in an image. */
export function conv2dBackpropInputKernel(arithmetic: Arithmetic): tf.KernelConfig {
  const stock = stockKernel('Conv2DBackpropInput')
  return {
    ...stock,
    kernelFunc(call) {
      const { dy, filter } = call.inputs as Record<string, tf.TensorInfo>
      const info = infoOf(call.attrs!['inputShape'] as number[], filter!.shape, call.attrs)
      if (!info) return stock.kernelFunc(call)
      const dtype = typeFor(info, arithmetic, arithmetic.typeOf(dy!))
      const backend = call.backend as unknown as NativeBackend
      const phases = backend.isUsingGpuDevice ? undefined : phasesOf(info)
      return inScope(backend, scope => {
        const dyId = arithmetic.input(scope, dy!, dtype)
        if (phases && phasesPay(phases, info)) {
          const weights = scope.read(scope.inputs(filter!)[0]!)
          return arithmetic.take(scope, convolveBackByPhases(scope, dtype, dyId, weights, phases, info))
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
      const info = infoOf(x!.shape, call.attrs!['filterShape'] as number[], call.attrs)
      if (!info) return stock.kernelFunc(call)
      const dtype = typeFor(info, arithmetic)
      const backend = call.backend as unknown as NativeBackend
      return inScope(backend, scope => {
        const [xId, dyId] = [x!, dy!].map(input => arithmetic.input(scope, input, dtype)) as [number, number]
        const result =
          !backend.isUsingGpuDevice && correlationPays(dtype, info)
            ? correlateAsConvolution(scope, dtype, xId, dyId, info)
            : correlate(scope, dtype, xId, dyId, info)
        return arithmetic.take(scope, result)
      })
    },
  }
}

/** With the few channels of an image there is too little to multiply to be worth a conversion. */
function typeFor({ inChannels }: ConvolutionInfo, { products }: Arithmetic, few: number = float32): number {
  return inChannels < 16 ? few : products
}
