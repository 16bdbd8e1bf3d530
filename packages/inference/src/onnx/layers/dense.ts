import type { GraphBuilder } from '../graph.ts'
import { channelsOf, type LayerCall, type LayerWriter, permute, requireWeight } from '../layer.ts'
import { activate } from './activations.ts'

/** Rows times a kernel [in, out]; of images each place is a row. */
export const writeDense: LayerWriter = (call, graph) => {
  const [input] = call.inputs as [LayerCall['inputs'][number]]
  const rank = input.shape.length
  const kernel = requireWeight(call, 'kernel')
  const { bias } = call.weights
  const addBias = (graph: GraphBuilder) =>
    bias ? [graph.weights(bias.values, bias.shape, `${call.name}_bias`)] : []
  if (rank === 4) {
    const { values } = permute(kernel, [1, 0])
    const shape = [kernel.shape[1]!, channelsOf(input), 1, 1]
    const weights = graph.weights(values, shape, `${call.name}_kernel`)
    return activate(call, graph.add('Conv', [input.name, weights, ...addBias(graph)], call.name), graph)
  }
  const weights = graph.weights(kernel.values, kernel.shape, `${call.name}_kernel`)
  if (rank === 2)
    return activate(call, graph.add('Gemm', [input.name, weights, ...addBias(graph)], call.name), graph)
  const product = graph.add('MatMul', [input.name, weights], `${call.name}_product`)
  const sum = bias ? graph.add('Add', [product, ...addBias(graph)], call.name) : product
  return activate(call, sum, graph)
}

/** The rows of a table by their numbers. */
export const writeEmbedding: LayerWriter = (call, graph) => {
  const { values, shape } = requireWeight(call, 'embeddings')
  const table = graph.weights(values, shape, `${call.name}_embeddings`)
  const rows = graph.add('Cast', [call.inputs[0]!.name], `${call.name}_rows`, { to: { int: 7 } })
  return graph.add('Gather', [table, rows], call.name, { axis: { int: 0 } })
}
