import type { Gan } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

export interface LayerSummary {
  readonly name: string
  /** Without the batch. */
  readonly shape: readonly number[]
  readonly parameters: number
  /** Multiplications with an addition each, of one sample through this layer; 0 where there are none to speak of. */
  readonly multiplyAdds: number
}

export interface NetworkSummary {
  readonly name: string
  readonly layers: readonly LayerSummary[]
  readonly parameters: number
  readonly multiplyAdds: number
}

/** What a network is made of, layer by layer. */
export function summaryOf(network: tf.LayersModel): NetworkSummary {
  const layers = network.layers
    .filter(layer => layer.getClassName() !== 'InputLayer')
    .map(layer => ({
      name: layer.name,
      shape: shapeOf(layer.outputShape),
      parameters: layer.countParams(),
      multiplyAdds: multiplyAddsOf(layer),
    }))
  const total = (of: (layer: LayerSummary) => number) => layers.reduce((sum, layer) => sum + of(layer), 0)
  return {
    name: network.name,
    layers,
    parameters: total(({ parameters }) => parameters),
    multiplyAdds: total(({ multiplyAdds }) => multiplyAdds),
  }
}

/**
 * Both networks as text for a terminal, and what a training step costs: G draws twice and goes backward once, D judges
 * thrice and goes backward thrice, once without gradients of its own weights. A backward pass is twice a forward one.
 * @param batch samples in a batch
 */
export function summaryText(gan: Gan, { batch = 64 }: { readonly batch?: number } = {}): string {
  const [generator, discriminator] = [summaryOf(gan.generator), summaryOf(gan.discriminator)]
  const step = batch * (4 * generator.multiplyAdds + 8 * discriminator.multiplyAdds)
  return [
    ...tableOf(generator),
    '',
    ...tableOf(discriminator),
    '',
    `a step of ${batch}: ${short(step)} multiply-adds`,
    '',
  ].join('\n')
}

function tableOf({ name, layers, parameters, multiplyAdds }: NetworkSummary): string[] {
  const rows = [
    [name, 'shape', 'parameters', 'multiply-adds'],
    ...layers.map(layer => [
      layer.name,
      layer.shape.join('×'),
      layer.parameters === 0 ? '' : layer.parameters.toLocaleString('en'),
      layer.multiplyAdds === 0 ? '' : short(layer.multiplyAdds),
    ]),
    ['', '', parameters.toLocaleString('en'), short(multiplyAdds)],
  ]
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => row[column]!.length)))
  return rows.map(row =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
}

/** A kernel touches every place of the output once, or, in a transposed convolution, every place of the input. */
function multiplyAddsOf(layer: tf.layers.Layer): number {
  const kernel = layer.weights.find(weight => /(^|\/)kernel(_\d+)?$/.test(weight.name))
  if (!kernel) return 0
  const size = kernel.shape.reduce<number>((product, side) => product * side!, 1)
  if (kernel.shape.length === 2) return size
  const transposed = /transpose/i.test(classNameOf(layer))
  const [height, width] = shapeOf(transposed ? layer.input : layer.outputShape)
  return size * height! * width!
}

/** Of a wrapper the wrapped layer's. */
function classNameOf(layer: tf.layers.Layer): string {
  const { layer: wrapped } = layer.getConfig() as { layer?: { className?: string; class_name?: string } }
  return wrapped?.className ?? wrapped?.class_name ?? layer.getClassName()
}

function shapeOf(of: tf.SymbolicTensor | tf.SymbolicTensor[] | tf.Shape | tf.Shape[]): number[] {
  const shape = 'shape' in of ? (of as tf.SymbolicTensor).shape : (of as tf.Shape)
  return shape.slice(1) as number[]
}

function short(count: number): string {
  for (const [unit, size] of [
    ['G', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const)
    if (count >= size) return `${(count / size).toPrecision(3)} ${unit}`
  return String(count)
}
