import { isDeep } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import type { Refuse } from './metadata.ts'

// TensorFlow.js builds a model without a look at its graph: a layer that waits for one that never comes is tried for ever,
// and no signal ends that. So the graph is walked here first, as TensorFlow.js would walk it.

/** Layers of a model, and the numbers of one sample inside it, at most. */
const limits = { layers: 10_000, numbers: 2 ** 28, paths: 2 ** 20 }

type Fields = Readonly<Record<string, unknown>>

/**
 * Checks that a layers model can be built: layers have names of their own, those that they name are there, none waits for
 * itself, and no size is beyond what its weights can be of.
 * @param weights of the model, as its manifest lists them
 * @throws GankitError that names the layer
 */
export function checkTopology(
  topology: unknown,
  weights: readonly tf.io.WeightsManifestEntry[],
  refuse: Refuse,
): void {
  if (isDeep(topology)) throw refuse('has layers inside one another without end', 'a TensorFlow.js model')
  const fields = readFields(topology, refuse)
  const largest = Math.max(0, ...weights.map(({ shape }) => shape.reduce((a, b) => a * b, 1)))
  checkSizes(fields, largest, refuse)
  checkModel(readFields(fields['modelConfig'] ?? fields, refuse), refuse)
}

/** A key as TensorFlow.js reads it: it takes `inbound_nodes`, `inboundNodes` and `inbound__nodes` for the same. */
function toCamelCase(key: string): string {
  return key.length <= 1 ? key : key.replace(/_+(\w|$)/g, (_, letter: string) => letter.toUpperCase())
}

/** An object's fields by the names that TensorFlow.js gives them. @throws GankitError for no object, and a field twice */
function readFields(value: unknown, refuse: Refuse): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(`has ${describe(value)} in its topology`, 'an object')
  const fields: Record<string, unknown> = Object.create(null)
  for (const [key, content] of Object.entries(value)) {
    const name = toCamelCase(key)
    if (name in fields) throw refuse(`has ${name} twice in an object of its topology`, 'each field once')
    fields[name] = content
  }
  return fields
}

/** What a layer's numbers of weights are made from. */
const sizes = new Set(['units', 'filters', 'inputDim', 'outputDim', 'depthMultiplier'])

/** A shape is a list of whole numbers, one that is left open is null; no list is an object that says that it is long. */
function checkSizes(value: unknown, largest: number, refuse: Refuse): void {
  if (Array.isArray(value)) for (const each of value) checkSizes(each, largest, refuse)
  else if (typeof value === 'object' && value !== null) {
    const fields = readFields(value, refuse)
    if (typeof fields['length'] === 'number')
      throw refuse(`has an object of length ${fields['length']} in its topology`, 'a list')
    for (const [name, content] of Object.entries(fields)) {
      if (/shape$/i.test(name)) checkShape(name, content, refuse)
      if (sizes.has(name) && typeof content === 'number' && !(content <= largest))
        throw refuse(`has a layer with ${name} ${content}`, `at most ${largest}, as its weights have`)
      checkSizes(content, largest, refuse)
    }
  }
}

function checkShape(name: string, shape: unknown, refuse: Refuse): void {
  if (shape === null) return
  const isSide = (side: unknown) => side === null || (Number.isSafeInteger(side) && Number(side) >= -1)
  const isShape = Array.isArray(shape) && (shape.every(isSide) || shape.every(Array.isArray))
  if (!isShape) throw refuse(`has ${name} ${describe(shape)}`, 'a list of whole numbers')
  if (shape.some(Array.isArray)) return
  const numbers = shape.reduce((product: number, side) => product * Math.abs(side ?? 1), 1)
  if (numbers > limits.numbers) throw refuse(`has ${name} of ${numbers} numbers`, `at most ${limits.numbers}`)
}

/** A layer or a model, which is a layer too, and what is inside it. */
function checkModel(layer: Fields, refuse: Refuse): void {
  const { className, config } = layer
  // The oldest sequential models are a bare list.
  const { layers, layer: wrapped } = Array.isArray(config)
    ? { layers: config as unknown[], layer: undefined }
    : readFields(config ?? {}, refuse)
  if (wrapped !== undefined && wrapped !== null) checkModel(readFields(wrapped, refuse), refuse)
  if (layers === undefined) return
  if (!Array.isArray(layers) || layers.length > limits.layers)
    throw refuse(`has layers ${describe(layers)}`, `a list of at most ${limits.layers} layers`)
  const inner = layers.map(each => readFields(each, refuse))
  for (const each of inner) checkModel(each, refuse)
  if (className === 'Sequential') checkFirst(inner[0], refuse)
  else
    checkGraph(
      inner.map(each => readLayer(each, refuse)),
      refuse,
    )
}

/** A layer of a graph, and the calls of it. */
interface Layer {
  readonly name: string
  /** Outputs that it has before it is called: an input has its own, a model that of its making. */
  readonly made: number
  /** Of each call the outputs that it takes: the layer that makes it, and the number of that layer's call. */
  readonly calls: readonly (readonly (readonly [name: string, call: number])[])[]
}

function readLayer(fields: Fields, refuse: Refuse): Layer {
  const { name, className, config, inboundNodes } = fields
  const inner = Array.isArray(config) ? {} : readFields(config ?? {}, refuse)
  // TensorFlow.js waits under the one name for what comes under the other.
  if (typeof name !== 'string' || name === '' || name in {} || (inner['name'] ?? name) !== name)
    throw refuse(`has a layer named ${describe(name)} and ${describe(inner['name'])}`, 'one name for both')
  if (!Array.isArray(inboundNodes)) throw refuse(`has layer '${name}' without inbound_nodes`, 'a list')
  const isModel = Array.isArray(inner['layers']) || Array.isArray(config)
  return {
    name,
    made: className === 'InputLayer' || isModel ? 1 : 0,
    calls: inboundNodes.map(node => readCall(name, node, refuse)),
  }
}

function readCall(layer: string, node: unknown, refuse: Refuse): (readonly [string, number])[] {
  if (!Array.isArray(node))
    throw refuse(`has layer '${layer}' with the input ${describe(node)}`, 'a list of layers')
  return node.map(input => {
    const [name, call, output] = Array.isArray(input) ? input : []
    const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0
    if (typeof name === 'string' && isCount(call) && isCount(output)) return [name, call]
    throw refuse(`has layer '${layer}' with the input ${describe(input)}`, 'a layer, its call and its output')
  })
}

/** @throws GankitError where TensorFlow.js would wait for ever */
function checkGraph(layers: readonly Layer[], refuse: Refuse): void {
  const made = new Map<string, number>()
  for (const { name, made: before } of layers) {
    if (made.has(name)) throw refuse(`has two layers '${name}'`, 'a name for each')
    made.set(name, before)
  }
  const unknown = layers.flatMap(({ name, calls }) =>
    calls.flatMap(inputs => inputs.filter(([input]) => !made.has(input)).map(([input]) => [name, input])),
  )[0]
  if (unknown) throw refuse(`has layer '${unknown[0]}' behind '${unknown[1]}', which it lacks`, 'all layers')
  let waiting = layers.flatMap(({ name, calls }) => calls.map(inputs => ({ name, inputs })))
  while (waiting.length > 0) {
    const left = waiting.filter(({ name, inputs }) => {
      if (inputs.some(([input, call]) => made.get(input)! <= call)) return true
      // A call without inputs is passed over.
      if (inputs.length > 0) made.set(name, made.get(name)! + 1)
      return false
    })
    if (left.length === waiting.length) {
      const [first] = left
      const names = first!.inputs.map(([input]) => `'${input}'`).join(', ')
      throw refuse(
        `has layer '${first!.name}' waiting for ${names}, and they for it`,
        'layers without a cycle',
      )
    }
    waiting = left
  }
}

/**
 * TensorFlow.js looks for the inputs of a model that begins a sequence along every path through it, and paths may double
 * from layer to layer.
 * @throws GankitError for more paths than that may take
 */
function checkFirst(first: Fields | undefined, refuse: Refuse): void {
  const config = first?.['config']
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return
  const { layers } = readFields(config, refuse)
  if (!Array.isArray(layers) || first!['className'] === 'Sequential') return
  const graph = new Map(
    layers.map(each => {
      const layer = readLayer(readFields(each, refuse), refuse)
      return [layer.name, layer.calls.flat().map(([name]) => name)] as const
    }),
  )
  const paths = new Map<string, number>()
  const pending = [...graph.keys()]
  while (pending.length > 0) {
    const name = pending.at(-1)!
    const inputs = graph.get(name)!
    const open = paths.has(name) ? [] : inputs.filter(input => !paths.has(input))
    if (open.length > 0 && pending.length <= limits.layers) pending.push(...new Set(open))
    else {
      pending.pop()
      paths.set(
        name,
        Math.max(
          1,
          inputs.reduce((sum, input) => sum + (paths.get(input) ?? 1), 0),
        ),
      )
    }
  }
  if (Math.max(...paths.values()) > limits.paths)
    throw refuse('begins with a model of too many paths', `at most ${limits.paths}`)
}

/** A value of somebody else's, for a message. */
function describe(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60)
}
