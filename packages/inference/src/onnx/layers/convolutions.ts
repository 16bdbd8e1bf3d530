import type { Attribute, GraphBuilder } from '../graph.ts'
import { type LayerCall, type LayerWriter, permute, refuseLayer, requireWeight } from '../layer.ts'
import { activate } from './activations.ts'

type Pair = readonly [number, number]

/** A setting that is one number for both sides, or two. */
function readPair(value: unknown, usual: number): Pair {
  if (Array.isArray(value)) return [Number(value[0]), Number(value[value.length - 1])]
  return value === undefined || value === null ? [usual, usual] : [Number(value), Number(value)]
}

/** The settings of a convolution. @throws GankitError for channels that are not last */
function readWindow(call: LayerCall, kernel: Pair) {
  const { config } = call
  const format = config['dataFormat'] ?? config['data_format'] ?? 'channelsLast'
  if (!/^channels_?last$/i.test(String(format)))
    throw refuseLayer(call, `dataFormat ${String(format)}`, 'channelsLast')
  const padding = String(config['padding'] ?? 'valid')
  if (padding !== 'same' && padding !== 'valid')
    throw refuseLayer(call, `padding ${padding}`, "'same' or 'valid'")
  return {
    kernel,
    isSame: padding === 'same',
    strides: readPair(config['strides'], 1),
    dilations: readPair(config['dilationRate'] ?? config['dilation_rate'], 1),
  }
}

/** Zeros before and behind each side, as ONNX lists them: [top, left, bottom, right]. The odd one comes behind. */
function toPads(totals: Pair): number[] {
  const before = totals.map(total => Math.floor(total / 2))
  return [...before, ...totals.map((total, side) => total - before[side]!)]
}

function addBias({ name, weights }: LayerCall, graph: GraphBuilder): string[] {
  const { bias } = weights
  return bias ? [graph.weights(bias.values, bias.shape, `${name}_bias`)] : []
}

/**
 * TensorFlow pads 'same' by the size of the input where it strides, so that an input of an open size needs ONNX to do it, and by
 * the window alone where it doesn't.
 */
export const writeConv2d: LayerWriter = (call, graph) => {
  const [input] = call.inputs as [LayerCall['inputs'][number]]
  const kernel = requireWeight(call, 'kernel')
  const [height, width] = kernel.shape as [number, number]
  const { isSame, strides, dilations } = readWindow(call, [height, width])
  const reach = [(height - 1) * dilations[0] + 1, (width - 1) * dilations[1] + 1]
  const sides = input.shape.slice(1, 3)
  const padding = (): Readonly<Record<string, Attribute>> => {
    if (!isSame) return { pads: [0, 0, 0, 0] }
    const isKnown = !input.isOpen && sides.every(side => side !== null)
    if (!isKnown && strides.some(stride => stride > 1)) return { auto_pad: 'SAME_UPPER' }
    const totals = reach.map((length, side) => {
      const stride = strides[side]!
      if (stride === 1) return length - 1
      return Math.max((Math.ceil(sides[side]! / stride) - 1) * stride + length - sides[side]!, 0)
    })
    return { pads: toPads(totals as unknown as Pair) }
  }
  const { values, shape } = permute(kernel, [3, 2, 0, 1])
  const weights = graph.weights(values, shape, `${call.name}_kernel`)
  const convolved = graph.add('Conv', [input.name, weights, ...addBias(call, graph)], call.name, {
    kernel_shape: [height, width],
    strides,
    dilations,
    ...padding(),
  })
  return activate(call, convolved, graph)
}

/** Over places one behind another, [n, places, channels], which ONNX has with the channels first. */
export const writeConv1d: LayerWriter = (call, graph) => {
  const [input] = call.inputs as [LayerCall['inputs'][number]]
  const kernel = requireWeight(call, 'kernel')
  const [width] = kernel.shape as [number]
  const { isSame, strides, dilations } = readWindow(call, [width, width])
  const [stride, dilation] = [strides[0], dilations[0]]
  const reach = (width - 1) * dilation + 1
  const length = input.shape[1]
  if (isSame && stride > 1 && length === null)
    throw refuseLayer(call, 'an input of any length', 'a fixed one')
  const total = stride === 1 ? reach - 1 : (Math.ceil(length! / stride) - 1) * stride + reach - length!
  const before = Math.floor(Math.max(0, total) / 2)
  const { values, shape } = permute(kernel, [2, 1, 0])
  const weights = graph.weights(values, shape, `${call.name}_kernel`)
  const first = graph.add('Transpose', [input.name], `${call.name}_channels_first`, { perm: [0, 2, 1] })
  const convolved = graph.add('Conv', [first, weights, ...addBias(call, graph)], `${call.name}_convolved`, {
    kernel_shape: [width],
    strides: [stride],
    dilations: [dilation],
    pads: isSame ? [before, Math.max(0, total) - before] : [0, 0],
  })
  return activate(call, graph.add('Transpose', [convolved], call.name, { perm: [0, 2, 1] }), graph)
}

/**
 * An output of 'same' is `stride` times as large as the input, which is what is left of all that the windows reach when the padding of
 * the convolution that this is the transpose of is cut off; where windows reach less, zeros follow.
 */
export const writeConv2dTranspose: LayerWriter = (call, graph) => {
  const [input] = call.inputs as [LayerCall['inputs'][number]]
  const kernel = requireWeight(call, 'kernel')
  const [height, width] = kernel.shape as [number, number]
  const { isSame, strides, dilations } = readWindow(call, [height, width])
  if (dilations.some(rate => rate > 1)) throw refuseLayer(call, `dilationRate ${dilations}`, '1')
  const beyond = [height - strides[0], width - strides[1]]
  const cut = beyond.map(count => (isSame ? Math.max(count, 0) : 0)) as unknown as Pair
  // [height, width, out, in] → [in, out, height, width]
  const { values, shape } = permute(kernel, [3, 2, 0, 1])
  const weights = graph.weights(values, shape, `${call.name}_kernel`)
  const convolved = graph.add('ConvTranspose', [input.name, weights, ...addBias(call, graph)], call.name, {
    kernel_shape: [height, width],
    strides,
    pads: toPads(cut),
    output_padding: beyond.map(count => Math.max(-count, 0)),
  })
  return activate(call, convolved, graph)
}
