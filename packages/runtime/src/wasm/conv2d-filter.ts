import { sizeOfShape } from '@gankit/core'
import { sumOuterProducts } from './columns.ts'
import { filterGradientByLoop } from './conv2d-filter-loop.ts'
import { computeConvolution } from './convolution.ts'
import { areFloats, getAddress, type KernelInput, type Registrable, type WasmBackend } from './kernels.ts'
import { withPadding } from './padding.ts'
import { getThreadPool } from './thread-pool.ts'

/** The gradient of a convolution's filter, for which tfjs has no wasm kernel. */
export function conv2dFilterKernel(): Registrable {
  return {
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc(call) {
      const { x, dy } = call.inputs as { x: KernelInput; dy: KernelInput }
      const { filterShape } = call.attrs as unknown as { filterShape: number[] }
      const backend = call.backend as WasmBackend
      const pool = getThreadPool(backend)
      const shape = computeConvolution(x.shape, filterShape, call.attrs)
      if (!pool || !shape || !areFloats(x, dy)) return filterGradientByLoop(call)
      const { images, inChannels, filters, outHeight, outWidth, filterHeight, filterWidth } = shape
      const out = backend.makeOutput(filterShape, 'float32')
      if (sizeOfShape(dy.shape) === 0) {
        pool.clear(getAddress(backend, out), 4 * sizeOfShape(filterShape))
        return out
      }
      withPadding(pool, getAddress(backend, x), shape.input, shape.window, padded =>
        sumOuterProducts(pool, {
          x: padded.address,
          y: getAddress(backend, dy),
          c: getAddress(backend, out),
          images,
          lines: outHeight,
          points: outWidth,
          xStrides: [padded.image, shape.strideHeight * padded.line, 4 * shape.strideWidth * inChannels],
          yStrides: [4 * outHeight * outWidth * filters, 4 * outWidth * filters, 4 * filters],
          width: filterWidth * inChannels,
          columns: filters,
          filterLines: filterHeight,
          filterLine: padded.line,
        }),
      )
      return out
    },
  }
}
