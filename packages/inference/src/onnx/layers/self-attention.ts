import type { GraphBuilder } from '../graph.ts'
import {
  channelsOf,
  type LayerCall,
  type LayerWriter,
  needFixedSize,
  permute,
  requireWeight,
} from '../layer.ts'
import { divideBySpectralNorm } from './spectral.ts'

/** A kernel [in, out] as [out, in], as it is in inference. */
function writeKernel(call: LayerCall, kind: string, graph: GraphBuilder): string {
  const kernel = requireWeight(call, `${kind}_kernel`)
  const isSpectral = call.config['normalization'] === 'spectral'
  const used = isSpectral
    ? divideBySpectralNorm(kernel, kernel, requireWeight(call, `${kind}_u`), requireWeight(call, `${kind}_v`))
    : kernel
  const { values, shape } = permute(used, [1, 0])
  return graph.weights(values, shape, `${call.name}_${kind}_kernel`)
}

/** y = γ·o + x, with a column for each place: o = W_o·V·softmax(KᵀQ)ᵀ over the places that are looked at. */
export const writeSelfAttention: LayerWriter = (call, graph) => {
  const [input] = call.inputs as [LayerCall['inputs'][number]]
  const { name } = call
  needFixedSize(call)
  const channels = channelsOf(input)
  const [height, width] = input.shape.slice(1, 3) as [number, number]
  const columns = graph.add(
    'Reshape',
    [input.name, graph.integers([0, channels, height * width])],
    `${name}_places`,
  )
  const multiply = (kind: string, by: string) =>
    graph.add('MatMul', [writeKernel(call, kind, graph), by], `${name}_${kind}`)
  const transpose = (value: string) =>
    graph.add('Transpose', [value], `${value}_transposed`, { perm: [0, 2, 1] })
  const [query, key, value] = ['query', 'key', 'value'].map(kind => multiply(kind, columns)) as [
    string,
    string,
    string,
  ]
  const scores = graph.add('MatMul', [transpose(query), key], `${name}_scores`)
  const attention = graph.add('Softmax', [scores], `${name}_attention`, { axis: { int: 2 } })
  const gathered = graph.add('MatMul', [value, transpose(attention)], `${name}_gathered`)
  const gamma = requireWeight(call, 'gamma')
  const scaled = graph.add(
    'Mul',
    [multiply('output', gathered), graph.weights(gamma.values, gamma.shape, `${name}_gamma`)],
    `${name}_scaled`,
  )
  const sum = graph.add('Add', [scaled, columns], `${name}_sum`)
  return graph.add('Reshape', [sum, graph.integers([0, channels, height, width])], name)
}
