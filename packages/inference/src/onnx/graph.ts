/** A number of the batch, of a side that may differ from call to call, or a fixed one. */
export type Side = number | string

/** Numbers that a graph holds. */
export interface Tensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array | BigInt64Array
  /** Whether the file holds its numbers rounded to 16 bits. */
  readonly isHalf?: boolean
}

/** The value of an attribute: a list of whole numbers, one number as `{ float }` or `{ int }`, or a text. */
export type Attribute = readonly number[] | { readonly float: number } | { readonly int: number } | string

/** One operation. */
export interface Node {
  readonly name: string
  readonly operator: string
  /** Names of values; '' for an optional one that is left out. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

/** An input or output of a graph. */
export interface Port {
  readonly name: string
  readonly type: 'float32' | 'int32'
  readonly shape: readonly Side[]
  /** What it is, for people. */
  readonly about: string
}

/** Collects the operations of a graph, each with a name of its own. */
export interface GraphBuilder {
  readonly nodes: readonly Node[]
  readonly tensors: readonly Tensor[]
  /** Adds an operation of one output, named after a layer. @returns the name of its output */
  add(
    operator: string,
    inputs: readonly string[],
    name: string,
    attributes?: Readonly<Record<string, Attribute>>,
  ): string
  /** Adds weights: numbers that may be rounded to 16 bits. @returns the name of their value */
  weights(values: Float32Array, shape: readonly number[], name: string): string
  /** Adds one number. @returns the name of its value */
  number(value: number): string
  /** Adds floats that are no weights, such as factors. @returns the name of their value */
  floats(values: readonly number[]): string
  /** Adds a list of whole numbers. @returns the name of its value */
  integers(values: readonly number[]): string
  /** The same value, [n, height, width, channels] in place of [n, channels, height, width]. @returns its name */
  channelsLast(value: string): string
  /** The opposite of `channelsLast`; of what that gave it is the value before it. @returns the name of the value */
  channelsFirst(value: string): string
}

/**
 * Begins a graph.
 * @param reserved names of inputs and outputs
 * @param halve whether weights are kept in 16 bits, and made 32 bits wide again by the graph
 */
export function createGraph(reserved: readonly string[], halve: boolean): GraphBuilder {
  const [nodes, tensors]: [Node[], Tensor[]] = [[], []]
  const taken = new Set(reserved)
  const constants = new Map<string, string>()
  /** Values by name, and what they are with channels at the other end. */
  const transposed = new Map<string, string>()

  function claim(name: string): string {
    let free = name
    for (let i = 1; taken.has(free); i++) free = `${name}_${i}`
    taken.add(free)
    return free
  }

  function constant(values: Tensor['values'], shape: readonly number[], kind: string): string {
    const key = `${kind}_${shape.join('x')}_${[...values].join('_')}`
    const known = constants.get(key)
    if (known !== undefined) return known
    const name = claim(`${kind}_${constants.size}`)
    tensors.push({ name, shape, values })
    constants.set(key, name)
    return name
  }

  const graph: GraphBuilder = {
    nodes,
    tensors,
    add(operator, inputs, name, attributes = {}) {
      const own = claim(name)
      nodes.push({ name: own, operator, inputs, outputs: [own], attributes })
      return own
    },
    weights(values, shape, name) {
      const own = claim(name)
      tensors.push({ name: own, shape, values, isHalf: halve })
      return halve ? graph.add('Cast', [own], `${name}_float`, { to: { int: dataTypes.float32 } }) : own
    },
    number: value => constant(Float32Array.of(value), [], 'number'),
    floats: values => constant(Float32Array.from(values), [values.length], 'floats'),
    integers: values => constant(BigInt64Array.from(values, BigInt), [values.length], 'integers'),
    channelsLast: value => transpose(value, [0, 2, 3, 1], 'last'),
    channelsFirst: value => transpose(value, [0, 3, 1, 2], 'first'),
  }

  function transpose(value: string, perm: readonly number[], end: string): string {
    const known = transposed.get(value)
    if (known !== undefined) return known
    const other = graph.add('Transpose', [value], `${value}_channels_${end}`, { perm })
    transposed.set(value, other)
    transposed.set(other, value)
    return other
  }
  return graph
}

/** The numbers of ONNX's kinds of tensors: `TensorProto.DataType`. */
export const dataTypes = { float32: 1, int32: 6, int64: 7, float16: 10 } as const
