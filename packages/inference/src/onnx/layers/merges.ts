import { graphAxis, type LayerCall, type LayerWriter, needFixedSize, refuseLayer } from '../layer.ts'

/** Sides that are open go with open ones, and with those of one pixel, which are repeated. */
function needOneSize(call: LayerCall, repeats: boolean): void {
  const isSingle = ({ shape }: LayerCall['inputs'][number]) => repeats && shape[1] === 1 && shape[2] === 1
  if (
    call.inputs.some(({ isOpen }) => isOpen) &&
    !call.inputs.every(input => input.isOpen || isSingle(input))
  )
    needFixedSize(call)
}

/** Inputs one behind another along an axis. */
export const writeConcatenate: LayerWriter = (call, graph) => {
  const { name, config, inputs } = call
  needOneSize(call, false)
  const axis = graphAxis(inputs[0]!.shape.length, Number(config['axis'] ?? -1))
  return graph.add(
    'Concat',
    inputs.map(input => input.name),
    name,
    { axis: { int: axis } },
  )
}

/** Inputs number by number, where a side of 1 is repeated. */
export function elementwise(operator: string): LayerWriter {
  return (call, graph) => {
    const { name, inputs } = call
    needOneSize(call, true)
    if (new Set(inputs.map(({ shape }) => shape.length)).size > 1)
      throw refuseLayer(call, 'inputs of different numbers of axes', 'as many each')
    const [first, ...others] = inputs.map(input => input.name) as [string, ...string[]]
    return others.reduce(
      (sum, other, i) => graph.add(operator, [sum, other], i === others.length - 1 ? name : `${name}_part`),
      first,
    )
  }
}
