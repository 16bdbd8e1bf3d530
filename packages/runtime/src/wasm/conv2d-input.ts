import { sizeOfShape } from '@gankit/core'
import { type Convolution, computeConvolution } from './convolution.ts'
import {
  areFloats,
  getAddress,
  type KernelInput,
  type Registrable,
  stockKernel,
  type WasmBackend,
} from './kernels.ts'
import { type Padded, withPadding } from './padding.ts'
import { multiplyRows } from './rows.ts'
import { getThreadPool, type ThreadPool } from './thread-pool.ts'

/**
 * The gradient of a convolution's input, which is also the transposed convolution. With stride s the points of the result
 * fall into s² phases. Each phase is a convolution of stride 1 of dy with every s-th tap of the flipped filter, whose
 * results go straight to their places.
 */
export function conv2dInputKernel(): Registrable {
  const stock = stockKernel('Conv2DBackpropInput')
  return {
    ...stock,
    kernelFunc(call) {
      const { dy, filter } = call.inputs as { dy: KernelInput; filter: KernelInput }
      const { inputShape } = call.attrs as unknown as { inputShape: number[] }
      const backend = call.backend as WasmBackend
      const pool = getThreadPool(backend)
      const shape = computeConvolution(inputShape, filter.shape, call.attrs)
      if (!pool || !shape || !areFloats(dy, filter) || sizeOfShape(inputShape) === 0)
        return stock.kernelFunc(call)
      const out = backend.makeOutput(inputShape, 'float32')
      const [tapsDown, tapsAcross] = [
        countTaps(shape.filterHeight, shape.strideHeight),
        countTaps(shape.filterWidth, shape.strideWidth),
      ]
      if (shape.filterHeight < shape.strideHeight || shape.filterWidth < shape.strideWidth)
        pool.clear(getAddress(backend, out), 4 * sizeOfShape(inputShape))
      const grid = {
        images: shape.images,
        height: shape.outHeight,
        width: shape.outWidth,
        channels: shape.filters,
      }
      const window = {
        above: tapsDown - 1,
        left: tapsAcross - 1,
        height: tapsDown + Math.floor((shape.inHeight - 1 + shape.padTop) / shape.strideHeight),
        width: tapsAcross + Math.floor((shape.inWidth - 1 + shape.padLeft) / shape.strideWidth),
      }
      const addresses = { filter: getAddress(backend, filter), out: getAddress(backend, out) }
      withPadding(pool, getAddress(backend, dy), grid, window, padded => {
        for (const down of listPhases(shape.inHeight, shape.padTop, shape.strideHeight, shape.filterHeight))
          for (const across of listPhases(shape.inWidth, shape.padLeft, shape.strideWidth, shape.filterWidth))
            runPhase(pool, shape, padded, addresses, down, across)
      })
      return out
    },
  }
}

const countTaps = (filter: number, stride: number, phase = 0) => Math.ceil((filter - phase) / stride)

interface Phase {
  /** The filter's first tap in this phase; the others follow at the stride. */
  readonly phase: number
  readonly taps: number
  /** The first point of the input, the number of points, and the start of the first point's window in the padded dy. */
  readonly first: number
  readonly count: number
  readonly start: number
}

function listPhases(size: number, pad: number, stride: number, filter: number): Phase[] {
  const found: Phase[] = []
  for (let phase = 0; phase < Math.min(stride, filter); phase++) {
    const lowest = Math.max(0, Math.ceil((pad - phase) / stride))
    const first = stride * lowest + phase - pad
    const count = Math.ceil((size - first) / stride)
    const here = countTaps(filter, stride, phase)
    if (count > 0)
      found.push({ phase, taps: here, first, count, start: lowest - here + countTaps(filter, stride) })
  }
  return found
}

function runPhase(
  pool: ThreadPool,
  shape: Convolution,
  padded: Padded,
  addresses: { filter: number; out: number },
  down: Phase,
  across: Phase,
): void {
  const { inHeight, inWidth, inChannels, filters, filterWidth, strideHeight, strideWidth } = shape
  const tap = 4 * inChannels * filters
  const lastLine = down.phase + strideHeight * (down.taps - 1)
  const lastPoint = across.phase + strideWidth * (across.taps - 1)
  multiplyRows(
    pool,
    {
      a: padded.address + down.start * padded.line + 4 * across.start * filters,
      c: addresses.out + 4 * (down.first * inWidth + across.first) * inChannels,
      images: shape.images,
      lines: down.count,
      points: across.count,
      aStrides: [padded.image, padded.line, 4 * filters],
      cStrides: [
        4 * inHeight * inWidth * inChannels,
        4 * strideHeight * inWidth * inChannels,
        4 * strideWidth * inChannels,
      ],
      segments: down.taps,
      length: across.taps * filters,
      step: padded.line,
    },
    {
      b: addresses.filter + (lastLine * filterWidth + lastPoint) * tap,
      columns: inChannels,
      bias: 0,
      row: 4 * filters,
      runs: {
        count: across.taps,
        length: filters,
        segment: -strideHeight * filterWidth * tap,
        run: -strideWidth * tap,
      },
    },
  )
}
