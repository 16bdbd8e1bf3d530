import { backend_util } from '@tensorflow/tfjs-core'
import type { Attributes, KernelCall, KernelInput, WasmBackend } from './kernels.ts'

/** The gradient of a filter straight from its definition, for engines without SIMD: correct, but slow. */
export function filterGradientByLoop({ inputs, attrs, backend: host }: KernelCall): KernelInput {
  const backend = host as WasmBackend
  const { x, dy } = inputs as { x: KernelInput; dy: KernelInput }
  const { strides, pad, dimRoundingMode, filterShape } = attrs as Attributes & {
    strides: [number, number]
    pad: 'valid' | 'same' | number
    dimRoundingMode?: 'floor'
    filterShape: [number, number, number, number]
  }
  const shape = x.shape as [number, number, number, number]
  const info = backend_util.computeConv2DInfo(shape, filterShape, strides, 1, pad, dimRoundingMode)
  const [images, height, width, channels] = shape
  const filters = filterShape[3]
  const out = backend.makeOutput(filterShape, 'float32')
  const numbers = (of: KernelInput) => backend.typedArrayFromHeap(of as never) as Float32Array
  const [xs, dys, result] = [numbers(x), numbers(dy), numbers(out)]
  let at = 0
  for (let down = 0; down < info.filterHeight; down++)
    for (let across = 0; across < info.filterWidth; across++)
      for (let channel = 0; channel < channels; channel++)
        for (let filter = 0; filter < filters; filter++) {
          let sum = 0
          for (let image = 0; image < images; image++)
            for (let line = 0; line < info.outHeight; line++) {
              const y = line * info.strideHeight + down - info.padInfo.top
              if (y < 0 || y >= height) continue
              for (let point = 0; point < info.outWidth; point++) {
                const left = point * info.strideWidth + across - info.padInfo.left
                if (left < 0 || left >= width) continue
                sum +=
                  xs[((image * height + y) * width + left) * channels + channel]! *
                  dys[((image * info.outHeight + line) * info.outWidth + point) * filters + filter]!
              }
            }
          result[at++] = sum
        }
  return out
}
