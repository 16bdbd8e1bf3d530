import { sizeOfShape } from '@gankit/core'
import { computeConvolution } from './convolution.ts'
import {
  areFloats,
  getAddress,
  type KernelCall,
  type KernelInput,
  type Registrable,
  stockKernel,
  type WasmBackend,
} from './kernels.ts'
import { withPadding } from './padding.ts'
import { multiplyRows } from './rows.ts'
import { getThreadPool } from './thread-pool.ts'

/** Convolutions: each window of the padded images is a row of a product, one run of numbers for each line of the filter. */
export function conv2dKernel(): Registrable {
  const stock = stockKernel('Conv2D')
  return { ...stock, kernelFunc: call => convolve(call, undefined) ?? stock.kernelFunc(call) }
}

/** Convolutions with a bias. */
export function fusedConv2dKernel(): Registrable {
  const stock = stockKernel('FusedConv2D')
  return {
    ...stock,
    kernelFunc(call) {
      const { activation } = call.attrs as unknown as { activation: string }
      const { bias } = call.inputs as { bias?: KernelInput }
      return (activation === 'linear' && convolve(call, bias)) || stock.kernelFunc(call)
    },
  }
}

function convolve(call: KernelCall, bias: KernelInput | undefined): KernelInput | undefined {
  const { x, filter } = call.inputs as { x: KernelInput; filter: KernelInput }
  const backend = call.backend as WasmBackend
  const pool = getThreadPool(backend)
  const shape = computeConvolution(x.shape, filter.shape, call.attrs)
  if (!pool || !shape || !areFloats(x, filter)) return
  if (bias && !(areFloats(bias) && sizeOfShape(bias.shape) === shape.filters)) return
  const { images, inChannels, filters, outHeight, outWidth, filterHeight, filterWidth } = shape
  const out = backend.makeOutput([images, outHeight, outWidth, filters], 'float32')
  if (sizeOfShape(out.shape) === 0) return out
  withPadding(pool, getAddress(backend, x), shape.input, shape.window, padded =>
    multiplyRows(
      pool,
      {
        a: padded.address,
        c: getAddress(backend, out),
        images,
        lines: outHeight,
        points: outWidth,
        aStrides: [padded.image, shape.strideHeight * padded.line, 4 * shape.strideWidth * inChannels],
        cStrides: [4 * outHeight * outWidth * filters, 4 * outWidth * filters, 4 * filters],
        segments: filterHeight,
        length: filterWidth * inChannels,
        step: padded.line,
      },
      {
        b: getAddress(backend, filter),
        columns: filters,
        bias: bias ? getAddress(backend, bias) : 0,
        row: 4 * filters,
      },
    ),
  )
  return out
}
