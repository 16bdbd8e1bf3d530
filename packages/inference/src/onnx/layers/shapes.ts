import { sizeOfShape } from '@gankit/core'
import { type LayerCall, type LayerWriter, needFixedSize, refuseLayer } from '../layer.ts'

type Borders = readonly [top: number, bottom: number, left: number, right: number]

/** Lines and columns as layers have them: one number, one for each direction, or one for each side. */
function readBorders(value: unknown): Borders {
  if (!Array.isArray(value)) return [Number(value), Number(value), Number(value), Number(value)]
  const [rows, columns] = value.map(side =>
    Array.isArray(side) ? side.map(Number) : [Number(side), Number(side)],
  )
  return [rows![0]!, rows![1]!, columns![0]!, columns![1]!]
}

/** The numbers of a sample in another shape, in TensorFlow.js's order. */
export const writeReshape: LayerWriter = (call, graph) => {
  const [input] = call.inputs as [LayerCall['inputs'][number]]
  const { name, outputShape } = call
  needFixedSize(call)
  const sides = outputShape.slice(1)
  if (sides.some(side => side === null))
    throw refuseLayer(call, `the output shape [${outputShape.map(side => side ?? 'n')}]`, 'fixed sides')
  const before = input.shape.length === 4 ? graph.channelsLast(input.name) : input.name
  const after = graph.add('Reshape', [before, graph.integers([0, ...(sides as number[])])], name)
  return outputShape.length === 4 ? graph.channelsFirst(after) : after
}

export const writeFlatten: LayerWriter = (call, graph) => {
  const [input] = call.inputs as [LayerCall['inputs'][number]]
  needFixedSize(call)
  const before = input.shape.length === 4 ? graph.channelsLast(input.name) : input.name
  const length = sizeOfShape(input.shape.slice(1) as number[])
  return graph.add('Reshape', [before, graph.integers([0, length])], call.name)
}

export const writeCropping: LayerWriter = ({ name, config, inputs }, graph) => {
  const [top, bottom, left, right] = readBorders(config['cropping'])
  // The end of an axis of any length.
  const end = (count: number) => (count > 0 ? -count : 2 ** 31 - 1)
  return graph.add(
    'Slice',
    [
      inputs[0]!.name,
      graph.integers([top, left]),
      graph.integers([end(bottom), end(right)]),
      graph.integers([2, 3]),
    ],
    name,
  )
}

/** Pads with zeros, or with the image's own reflection. */
function padding(mode: 'constant' | 'reflect', read: (config: LayerCall['config']) => Borders): LayerWriter {
  return ({ name, config, inputs }, graph) => {
    const [top, bottom, left, right] = read(config)
    return graph.add('Pad', [inputs[0]!.name, graph.integers([0, 0, top, left, 0, 0, bottom, right])], name, {
      mode,
    })
  }
}
export const writeZeroPadding: LayerWriter = padding('constant', ({ padding }) => readBorders(padding))
export const writeReflectionPadding: LayerWriter = padding(
  'reflect',
  ({ padding }) => padding as unknown as Borders,
)

/** Larger by whole factors. TensorFlow.js measures from the corner of the first pixel, not from its middle. */
export const writeUpSampling: LayerWriter = (call, graph) => {
  const { name, config, inputs } = call
  const size = (config['size'] ?? [2, 2]) as [number, number]
  const how = String(config['interpolation'] ?? 'nearest')
  if (how !== 'nearest' && how !== 'bilinear')
    throw refuseLayer(call, `interpolation ${how}`, 'nearest or bilinear')
  return graph.add('Resize', [inputs[0]!.name, '', graph.floats([1, 1, ...size])], name, {
    coordinate_transformation_mode: 'asymmetric',
    ...(how === 'nearest' ? { mode: 'nearest', nearest_mode: 'floor' } : { mode: 'linear' }),
  })
}

/** Channel c·r² + i·r + j goes to channel c, row i and column j of its block. */
export const writePixelShuffle: LayerWriter = ({ name, config, inputs }, graph) =>
  graph.add('DepthToSpace', [inputs[0]!.name], name, {
    blocksize: { int: Number(config['factor'] ?? 2) },
    mode: 'CRD',
  })

/** The mean or the greatest number of each channel, over the two axes of an image or the one of a sequence. */
export function globalPooling(operator: 'ReduceMean' | 'ReduceMax'): LayerWriter {
  return ({ name, inputs }, graph) =>
    graph.add(operator, [inputs[0]!.name], name, {
      axes: inputs[0]!.shape.length === 4 ? [2, 3] : [1],
      keepdims: { int: 0 },
    })
}
