import { sizeOfShape } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

export interface LayerSummary {
  readonly name: string
  /** Of the output, without the batch. */
  readonly shape: readonly number[]
  /** Trained and untrained numbers. */
  readonly parameters: number
  /** Multiplications with an addition each, of one sample's forward pass; 0 for layers without a kernel. */
  readonly multiplyAdds: number
}

/** A network layer by layer, and the sums over its layers. */
export interface NetworkSummary {
  readonly name: string
  readonly layers: readonly LayerSummary[]
  readonly parameters: number
  readonly multiplyAdds: number
}

/** Counts the parameters and the multiply-adds of a network, layer by layer. */
export function summarizeNetwork(network: tf.LayersModel): NetworkSummary {
  const layers = network.layers
    .filter(layer => layer.getClassName() !== 'InputLayer')
    .map(layer => ({
      name: layer.name,
      shape: readShape(layer.outputShape),
      parameters: layer.countParams(),
      multiplyAdds: countMultiplyAdds(layer),
    }))
  return {
    name: network.name,
    layers,
    parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
    multiplyAdds: layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
  }
}

/** A network as a table for a terminal: its layers, and a last line with the sums. @returns text that ends in a line break */
export function formatSummary({ name, layers, parameters, multiplyAdds }: NetworkSummary): string {
  const rows = [
    [name, 'shape', 'parameters', 'multiply-adds'],
    ...layers.map(layer => [
      layer.name,
      layer.shape.join('×'),
      layer.parameters === 0 ? '' : layer.parameters.toLocaleString('en'),
      layer.multiplyAdds === 0 ? '' : formatCount(layer.multiplyAdds),
    ]),
    ['', '', parameters.toLocaleString('en'), formatCount(multiplyAdds)],
  ]
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => row[column]!.length)))
  const lines = rows.map(row =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}

/** Passes of a batch through one network in a step of training. */
export interface Passes {
  readonly forward: number
  /** Backward passes that compute the gradients of weights and of activations. */
  readonly backward?: number
  /** Backward passes that compute the gradients of activations alone: through D to G. */
  readonly backwardToInput?: number
}

/**
 * Estimates the multiply-adds of one sample in a step of training. The gradients of weights and those of activations cost
 * as much as a forward pass each, so a whole backward pass counts twice.
 * @param multiplyAdds of a forward pass
 */
export function estimateTrainingCost(
  multiplyAdds: number,
  { forward, backward = 0, backwardToInput = 0 }: Passes,
): number {
  return multiplyAdds * (forward + 2 * backward + backwardToInput)
}

/** A large count in three digits with a unit: '20.6 G', '317 M', '1.23 k'. */
export function formatCount(count: number): string {
  for (const [unit, size] of [
    ['G', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const)
    if (count >= size) return `${(count / size).toPrecision(3)} ${unit}`
  return String(count)
}

/** A kernel touches every place of the output once, or, in a transposed convolution, every place of the input. */
function countMultiplyAdds(layer: tf.layers.Layer): number {
  const kernel = layer.weights.find(weight => /(^|\/)kernel(_\d+)?$/.test(weight.name))
  if (!kernel) return 0
  const size = sizeOfShape(kernel.shape as number[])
  if (kernel.shape.length === 2) return size
  const isTransposed = /transpose/i.test(readClassName(layer))
  const [height, width] = readShape(isTransposed ? layer.input : layer.outputShape)
  return size * height! * width!
}

/** The class name of a layer, or of the layer that a wrapper such as spectral normalization wraps. */
function readClassName(layer: tf.layers.Layer): string {
  const { layer: wrapped } = layer.getConfig() as { layer?: { className?: string; class_name?: string } }
  return wrapped?.className ?? wrapped?.class_name ?? layer.getClassName()
}

/** Without the batch. */
function readShape(source: tf.SymbolicTensor | tf.SymbolicTensor[] | tf.Shape | tf.Shape[]): number[] {
  const shape = 'shape' in source ? (source as tf.SymbolicTensor).shape : (source as tf.Shape)
  return shape.slice(1) as number[]
}
