import { type LayerWriter, requireWeight } from '../layer.ts'

/** exp(−β_j·‖x − c_j‖²), with ‖x‖² + ‖c‖² − 2·x·c for the distance, which rounding may take below 0. */
export const writeRadialBasis: LayerWriter = (call, graph) => {
  const { name, inputs } = call
  const x = inputs[0]!.name
  const centers = requireWeight(call, 'centers')
  const units = centers.shape[1]!
  const squares = new Float32Array(units)
  for (const [i, value] of centers.values.entries()) squares[i % units]! += value ** 2
  const widths = requireWeight(call, 'log_beta').values.map(value => -Math.exp(value))
  const square = graph.add('Mul', [x, x], `${name}_square`)
  const length = graph.add('ReduceSum', [square, graph.integers([1])], `${name}_length`, {
    keepdims: { int: 1 },
  })
  const sum = graph.add('Add', [length, graph.weights(squares, [units], `${name}_squares`)], `${name}_sum`)
  const product = graph.add(
    'MatMul',
    [x, graph.weights(centers.values, centers.shape, `${name}_centers`)],
    `${name}_product`,
  )
  const twice = graph.add('Mul', [product, graph.number(2)], `${name}_twice`)
  const distance = graph.add(
    'Relu',
    [graph.add('Sub', [sum, twice], `${name}_difference`)],
    `${name}_distance`,
  )
  const exponent = graph.add(
    'Mul',
    [distance, graph.weights(widths, [units], `${name}_widths`)],
    `${name}_exponent`,
  )
  return graph.add('Exp', [exponent], name)
}
