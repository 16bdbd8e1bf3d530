import { GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import type { GraphBuilder } from './graph.ts'
import type { LayerCall, Value, Weight } from './layer.ts'
import { layerWriters } from './layers/table.ts'

/** A call of a layer, which TensorFlow.js keeps and doesn't show. */
interface CallNode {
  readonly inputTensors: readonly tf.SymbolicTensor[]
}

/** The numbers of all weights of a network. */
export type WeightNumbers = ReadonlyMap<tf.LayerVariable, Float32Array>

/** Reads the weights of a network from the backend. */
export async function readWeights(model: tf.LayersModel): Promise<WeightNumbers> {
  const numbers = new Map<tf.LayerVariable, Float32Array>()
  for (const weight of model.weights) numbers.set(weight, (await weight.read().data<'float32'>()).slice())
  return numbers
}

/**
 * Writes a network, with the networks inside it, as operations.
 * @param inputs in the order of the network's
 * @returns its outputs
 * @throws GankitError for a layer that can't be written; FixedSizeNeeded where open sides have to be known
 */
export function writeNetwork(
  network: tf.LayersModel,
  inputs: readonly Value[],
  graph: GraphBuilder,
  numbers: WeightNumbers,
): Value[] {
  const known = new Map(network.inputs.map((tensor, i) => [tensor.id, inputs[i]!]))
  const done = new Map<CallNode, readonly Value[]>()

  function findValue(tensor: tf.SymbolicTensor): Value {
    const given = known.get(tensor.id)
    if (given) return given
    const layer = tensor.sourceLayer
    const node = layer.inboundNodes[tensor.nodeIndex] as unknown as CallNode
    let outputs = done.get(node)
    if (!outputs) {
      const taken = node.inputTensors.map(findValue)
      outputs = isNetwork(layer)
        ? writeNetwork(layer, taken, graph, numbers)
        : [writeLayer(layer, taken, tensor.shape, graph, numbers)]
      done.set(node, outputs)
    }
    return outputs[tensor.tensorIndex]!
  }
  return network.outputs.map(findValue)
}

/** Whether a layer is a network of its own, of whichever copy of TensorFlow.js. */
function isNetwork(layer: tf.layers.Layer): layer is tf.LayersModel {
  return Array.isArray((layer as { layers?: unknown }).layers)
}

function writeLayer(
  layer: tf.layers.Layer,
  inputs: readonly Value[],
  shape: tf.Shape,
  graph: GraphBuilder,
  numbers: WeightNumbers,
): Value {
  const [name, className] = [layer.name, layer.getClassName()]
  if (!Object.hasOwn(layerWriters, className))
    throw new GankitError(
      'inference',
      'data',
      `layer '${name}' is of class ${className}, expected one that is written as ONNX (${Object.keys(layerWriters).join(', ')}): export the generator as a TensorFlow.js model, or build it of these`,
    )
  const weights: Record<string, Weight> = {}
  for (const weight of layer.weights)
    weights[weight.originalName.split('/').at(-1)!] = {
      values: numbers.get(weight)!,
      shape: weight.shape as number[],
    }
  const call: LayerCall = { name, className, config: layer.getConfig(), inputs, outputShape: shape, weights }
  return {
    name: layerWriters[className]!(call, graph),
    shape,
    isOpen: shape.length === 4 && inputs.some(({ isOpen }) => isOpen),
  }
}
