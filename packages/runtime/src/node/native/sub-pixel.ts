import { type Handle, int32, type Scope, type, whole } from './backend.ts'
import { type ConvolutionInfo, convolutionAttributes } from './convolution.ts'

/**
 * A transposed convolution of stride s as a sub-pixel convolution (Shi et al. 2016): one ordinary convolution, then depth
 * to space. The pixels of the result whose row is r and whose column is r' modulo s form a phase: they meet the same taps
 * of the filter. So the s² phases are s² convolutions of dy, whose filters stand side by side as channels.
 */
export interface SubPixelPlan {
  readonly stride: number
  readonly rows: Axis
  readonly columns: Axis
}

/** One axis: pixel s·q + r of the result is the sum of dy[i] · filter[tap(i − q, r)] over a window of i. */
interface Axis {
  /** The first i − q of the window. */
  readonly first: number
  /** The number of i in the window. */
  readonly size: number
  /** The number of q, which is the length of a phase. */
  readonly length: number
  /** Zeros before and after dy. */
  readonly before: number
  readonly after: number
  readonly padding: number
}

/** @returns undefined for unequal strides, a stride of 1 and dilations */
export function planSubPixel(info: ConvolutionInfo): SubPixelPlan | undefined {
  const { strideHeight: stride, padInfo } = info
  if (stride === 1 || stride !== info.strideWidth || info.dilationHeight * info.dilationWidth !== 1)
    return undefined
  const rows = planAxis(info.filterHeight, stride, padInfo.top, info.inHeight, info.outHeight)
  const columns = planAxis(info.filterWidth, stride, padInfo.left, info.inWidth, info.outWidth)
  return rows && columns && { stride, rows, columns }
}

/**
 * Whether the sub-pixel convolution takes fewer multiplications. Processors work on 16 numbers at a time, which
 * TensorFlow's own operation fills with input channels, of which images have one or three.
 */
export function isSubPixelFaster({ stride, rows, columns }: SubPixelPlan, info: ConvolutionInfo): boolean {
  const lanes = (channels: number) => 16 * Math.ceil(channels / 16)
  const own = info.filterHeight * info.filterWidth * lanes(info.inChannels)
  return rows.size * columns.size * lanes(stride ** 2 * info.inChannels) < own
}

/**
 * The gradient of a convolution's input.
 * @param filter [height, width, inChannels, outChannels]
 */
export function convolveBackBySubPixels(
  scope: Scope,
  dtype: number,
  dy: number,
  filter: Float32Array,
  plan: SubPixelPlan,
  info: ConvolutionInfo,
): Handle {
  const { stride, rows, columns } = plan
  const shape = [rows.size, columns.size, info.outChannels, stride ** 2 * info.inChannels]
  const filters = scope.tensor(shape, mergePhaseFilters(filter, plan, info), dtype)
  const geometry = {
    strides: [1, 1],
    dilations: [1, 1],
    padding: [rows.before, rows.after, columns.before, columns.after],
  } as const
  const [apart] = scope.run('Conv2D', convolutionAttributes(dtype, geometry), [dy, filters])
  const [together] = scope.run('DepthToSpace', [type('T', dtype), whole('block_size', stride)], [apart!.id])
  const [, height, width] = together!.shape
  if (height === info.inHeight && width === info.inWidth) return together!
  const corner = scope.integers([0, 0, 0, 0])
  return scope.run(
    'Slice',
    [type('T', dtype), type('Index', int32)],
    [together!.id, corner, scope.integers(info.inShape)],
  )[0]!
}

/**
 * The filters of all phases as one filter.
 * @param filter [height, width, inChannels, outChannels]
 * @returns [rows.size, columns.size, outChannels, s · s · inChannels]
 */
function mergePhaseFilters(
  filter: Float32Array,
  { stride, rows, columns }: SubPixelPlan,
  info: ConvolutionInfo,
): Float32Array {
  const { filterHeight, filterWidth, inChannels, outChannels } = info
  const result = new Float32Array(rows.size * columns.size * outChannels * stride ** 2 * inChannels)
  const width = stride ** 2 * inChannels
  for (let i = 0; i < rows.size; i++)
    for (let j = 0; j < columns.size; j++)
      for (let r = 0; r < stride; r++)
        for (let c = 0; c < stride; c++) {
          const row = computeTap(rows, stride, i, r)
          const column = computeTap(columns, stride, j, c)
          if (row < 0 || row >= filterHeight || column < 0 || column >= filterWidth) continue
          const from = (row * filterWidth + column) * inChannels * outChannels
          const to = (i * columns.size + j) * outChannels * width + (r * stride + c) * inChannels
          for (let input = 0; input < inChannels; input++)
            for (let output = 0; output < outChannels; output++)
              result[to + output * width + input] = filter[from + input * outChannels + output]!
        }
  return result
}

function computeTap({ first, padding }: Axis, stride: number, i: number, phase: number): number {
  return phase + padding - stride * (first + i)
}

function planAxis(
  taps: number,
  stride: number,
  padding: number,
  input: number,
  output: number,
): Axis | undefined {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (let phase = 0; phase < stride; phase++) {
    const start = (phase + padding) % stride
    if (start >= taps) continue
    const highest = Math.floor((phase + padding) / stride)
    first = Math.min(first, highest - Math.ceil((taps - start) / stride) + 1)
    last = Math.max(last, highest)
  }
  const length = Math.ceil(input / stride)
  const before = -first
  const after = length - 1 + last - (output - 1)
  if (before < 0 || after < 0) return undefined
  return { first, size: last - first + 1, length, before, after, padding }
}
