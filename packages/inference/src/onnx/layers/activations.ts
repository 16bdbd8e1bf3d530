import type { GraphBuilder } from '../graph.ts'
import {
  graphAxis,
  type LayerCall,
  type LayerWriter,
  needFixedSize,
  permute,
  refuseLayer,
  requireWeight,
} from '../layer.ts'

type WriteActivation = (x: string, name: string, graph: GraphBuilder, rank: number) => string

/** A function that is one operator of ONNX. */
function operator(of: string, attributes: Parameters<GraphBuilder['add']>[3] = {}): WriteActivation {
  return (x, name, graph) => graph.add(of, [x], name, attributes)
}

/** The activation functions of TensorFlow.js, by the names that layers have in their configuration. */
const activations: Readonly<Record<string, WriteActivation>> = {
  linear: x => x,
  relu: operator('Relu'),
  relu6: (x, name, graph) => graph.add('Clip', [x, graph.number(0), graph.number(6)], name),
  tanh: operator('Tanh'),
  sigmoid: operator('Sigmoid'),
  softmax: (x, name, graph, rank) => graph.add('Softmax', [x], name, { axis: { int: graphAxis(rank, -1) } }),
  softplus: operator('Softplus'),
  softsign: operator('Softsign'),
  elu: operator('Elu'),
  selu: operator('Selu'),
  hardSigmoid: operator('HardSigmoid', { alpha: { float: 0.2 }, beta: { float: 0.5 } }),
  swish: (x, name, graph) => graph.add('Mul', [x, graph.add('Sigmoid', [x], `${name}_sigmoid`)], name),
}

/** Writes the activation of a layer's configuration behind what the layer computes. */
export function activate(call: LayerCall, x: string, graph: GraphBuilder): string {
  const name = String(call.config['activation'] ?? 'linear')
  const key = name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  if (!Object.hasOwn(activations, key))
    throw refuseLayer(call, `the activation ${name}`, `one of ${Object.keys(activations).join(', ')}`)
  return activations[key]!(x, `${call.name}_${name}`, graph, call.outputShape.length)
}

/** A layer that is one operator with its `alpha`. */
function withAlpha(of: string, usual: number): LayerWriter {
  return ({ name, config, inputs }, graph) =>
    graph.add(of, [inputs[0]!.name], name, { alpha: { float: Number(config['alpha'] ?? usual) } })
}

/** A layer with one slope for each number of a sample, or for each channel, shared by all places. */
const writePRelu: LayerWriter = (call, graph) => {
  const { values, shape } = requireWeight(call, 'alpha')
  const [input] = call.inputs as [LayerCall['inputs'][number]]
  if (input.shape.length !== 4)
    return graph.add('PRelu', [input.name, graph.weights(values, shape, `${call.name}_alpha`)], call.name)
  if (shape[0] !== 1 || shape[1] !== 1) needFixedSize(call)
  const slopes = permute({ values, shape }, [2, 0, 1])
  return graph.add(
    'PRelu',
    [input.name, graph.weights(slopes.values, slopes.shape, `${call.name}_alpha`)],
    call.name,
  )
}

/** Layers that are an activation and nothing else. */
export const activationWriters: Readonly<Record<string, LayerWriter>> = {
  Activation: (call, graph) => activate(call, call.inputs[0]!.name, graph),
  ReLU({ name, config, inputs }, graph) {
    const max = config['maxValue'] ?? config['max_value'] ?? null
    if (max === null) return graph.add('Relu', [inputs[0]!.name], name)
    return graph.add('Clip', [inputs[0]!.name, graph.number(0), graph.number(Number(max))], name)
  },
  LeakyReLU: withAlpha('LeakyRelu', 0.3),
  ELU: withAlpha('Elu', 1),
  PReLU: writePRelu,
  Softmax({ name, config, inputs }, graph) {
    const axis = graphAxis(inputs[0]!.shape.length, Number(config['axis'] ?? -1))
    return graph.add('Softmax', [inputs[0]!.name], name, { axis: { int: axis } })
  },
}
