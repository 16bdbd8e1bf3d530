import type { GraphBuilder } from '../graph.ts'
import {
  channelsOf,
  graphAxis,
  type LayerCall,
  type LayerWriter,
  refuseLayer,
  requireWeight,
} from '../layer.ts'

/** γ and β of a layer, 1 and 0 where it has none. */
function scaleAndShift(call: LayerCall, graph: GraphBuilder): [scale: string, shift: string] {
  const channels = channelsOf(call.inputs[0]!)
  const write = (weight: string, usual: number) =>
    graph.weights(
      call.weights[weight]?.values ?? new Float32Array(channels).fill(usual),
      [channels],
      `${call.name}_${weight}`,
    )
  return [write('gamma', 1), write('beta', 0)]
}

function epsilonOf({ config }: LayerCall, usual: number) {
  return { epsilon: { float: Number(config['epsilon'] ?? usual) } }
}

/** By the running statistics, as in every use of a trained generator. */
export const writeBatchNormalization: LayerWriter = (call, graph) => {
  const [input] = call.inputs as [LayerCall['inputs'][number]]
  const rank = input.shape.length
  const axis = Number(call.config['axis'] ?? -1)
  if (axis !== -1 && axis !== rank - 1) throw refuseLayer(call, `axis ${axis}`, 'the last one')
  if (rank !== 2 && rank !== 4) throw refuseLayer(call, `an input of ${rank} axes`, '2 or 4')
  const [scale, shift] = scaleAndShift(call, graph)
  const statistics = ['moving_mean', 'moving_variance'].map(name => {
    const { values, shape } = requireWeight(call, name)
    return graph.weights(values, shape, `${call.name}_${name}`)
  })
  return graph.add(
    'BatchNormalization',
    [input.name, scale, shift, ...statistics],
    call.name,
    epsilonOf(call, 1e-3),
  )
}

/** Each place of a sample by its own statistics, those of its channels. */
export const writeLayerNormalization: LayerWriter = (call, graph) => {
  const [input] = call.inputs as [LayerCall['inputs'][number]]
  const rank = input.shape.length
  const axes = [call.config['axis'] ?? -1].flat().map(Number)
  if (axes.length > 1 || (axes[0] !== -1 && axes[0] !== rank - 1))
    throw refuseLayer(call, `axis ${axes.join(', ')}`, 'the last one')
  if (rank === 4) throw refuseLayer(call, 'an input of 4 axes', '2 or 3')
  return graph.add('LayerNormalization', [input.name, ...scaleAndShift(call, graph)], call.name, {
    axis: { int: rank - 1 },
    ...epsilonOf(call, 1e-3),
  })
}

/** Each image and channel by its own statistics. */
export const writeInstanceNormalization: LayerWriter = (call, graph) => {
  const [input] = call.inputs as [LayerCall['inputs'][number]]
  if (input.shape.length !== 4) throw refuseLayer(call, `an input of ${input.shape.length} axes`, '4')
  return graph.add(
    'InstanceNormalization',
    [input.name, ...scaleAndShift(call, graph)],
    call.name,
    epsilonOf(call, 1e-5),
  )
}

/** Each image and channel by its own statistics, with a scale and a shift that are linear in a style. */
export const writeAdaptiveInstanceNormalization: LayerWriter = (call, graph) => {
  const { name } = call
  const [input, style] = call.inputs as [LayerCall['inputs'][number], LayerCall['inputs'][number]]
  if (input.shape.length !== 4) throw refuseLayer(call, `an input of ${input.shape.length} axes`, '4')
  const channels = channelsOf(input)
  const [kernel, bias] = ['kernel', 'bias'].map(weight => {
    const { values, shape } = requireWeight(call, weight)
    return graph.weights(values, shape, `${name}_${weight}`)
  }) as [string, string]
  const learned = graph.add('Gemm', [style.name, kernel, bias], `${name}_learned`)
  /** One half of what is learned, a number for each channel. */
  const take = (what: string, from: number) =>
    graph.add(
      'Reshape',
      [
        graph.add(
          'Slice',
          [learned, graph.integers([from]), graph.integers([from + channels]), graph.integers([1])],
          `${name}_${what}_row`,
        ),
        graph.integers([0, channels, 1, 1]),
      ],
      `${name}_${what}`,
    )
  const [ones, zeros] = [1, 0].map(value => graph.floats(Array<number>(channels).fill(value))) as [
    string,
    string,
  ]
  const normalized = graph.add(
    'InstanceNormalization',
    [input.name, ones, zeros],
    `${name}_normalized`,
    epsilonOf(call, 1e-5),
  )
  const scale = graph.add('Add', [take('gamma', 0), graph.number(1)], `${name}_scale`)
  const scaled = graph.add('Mul', [normalized, scale], `${name}_scaled`)
  return graph.add('Add', [scaled, take('beta', channels)], name)
}

/** x / √(mean over channels of x² + ε) */
export const writePixelNormalization: LayerWriter = ({ name, config, inputs }, graph) => {
  const [{ name: x, shape }] = inputs as [LayerCall['inputs'][number]]
  const square = graph.add('Mul', [x, x], `${name}_square`)
  const mean = graph.add('ReduceMean', [square], `${name}_mean`, {
    axes: [graphAxis(shape.length, -1)],
    keepdims: { int: 1 },
  })
  const sum = graph.add('Add', [mean, graph.number(Number(config['epsilon'] ?? 1e-8))], `${name}_sum`)
  return graph.add('Div', [x, graph.add('Sqrt', [sum], `${name}_root`)], name)
}
