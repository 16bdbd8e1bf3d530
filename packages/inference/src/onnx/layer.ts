import { GankitError } from '@gankit/core'
import type { GraphBuilder } from './graph.ts'

/** The output of a layer, in the graph. Four axes are [n, channels, height, width] there, all others as in TensorFlow.js. */
export interface Value {
  readonly name: string
  /** As TensorFlow.js has it, with channels at the end; the batch, and a side that is left open, are null. */
  readonly shape: readonly (number | null)[]
  /** Whether height and width may differ from call to call, whatever `shape` says. */
  readonly isOpen: boolean
}

/** Weights of a layer. */
export interface Weight {
  readonly values: Float32Array
  readonly shape: readonly number[]
}

/** One use of a layer. */
export interface LayerCall {
  readonly name: string
  readonly className: string
  readonly config: Readonly<Record<string, unknown>>
  readonly inputs: readonly Value[]
  /** As TensorFlow.js has it. */
  readonly outputShape: readonly (number | null)[]
  /** By the names that they have inside the layer: 'kernel'. */
  readonly weights: Readonly<Record<string, Weight>>
}

/** Writes a layer as operations, and gives the name of its output. */
export type LayerWriter = (call: LayerCall, graph: GraphBuilder) => string

/** Thrown where a net whose sides were to stay open needs to know them. */
export class FixedSizeNeeded extends Error {}

/** @throws FixedSizeNeeded where an input's sides are open */
export function needFixedSize({ inputs }: LayerCall): void {
  if (inputs.some(({ isOpen }) => isOpen)) throw new FixedSizeNeeded()
}

/** A weight that the layer must have. @throws GankitError where it doesn't */
export function requireWeight({ name, className, weights }: LayerCall, weight: string): Weight {
  const found = weights[weight]
  if (found) return found
  throw new GankitError(
    'inference',
    'data',
    `layer '${name}' of class ${className} has the weights ${Object.keys(weights).join(', ') || 'none'}, expected ${weight} among them: save the generator anew`,
  )
}

/** The error for what a layer is told to do and ONNX is not written for. */
export function refuseLayer({ name, className }: LayerCall, got: string, expected: string): GankitError {
  return new GankitError(
    'inference',
    'data',
    `layer '${name}' of class ${className} has ${got}, expected ${expected} for ONNX: build the generator without it, or export it as a TensorFlow.js model`,
  )
}

/** The place of an axis in the graph. @param axis as TensorFlow.js has it, from the end where it is below 0 */
export function graphAxis(rank: number, axis: number): number {
  const from = axis < 0 ? axis + rank : axis
  return rank === 4 ? [0, 2, 3, 1][from]! : from
}

/** The number of channels: the last axis. */
export function channelsOf({ shape }: Value): number {
  return shape.at(-1)!
}

/** Weights with their axes in another order, as `Array.transpose`. */
export function permute({ values, shape }: Weight, order: readonly number[]): Weight {
  const permuted = order.map(axis => shape[axis]!)
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1))
  const moved = new Float32Array(values.length)
  const at = permuted.map(() => 0)
  for (let i = 0; i < moved.length; i++) {
    let from = 0
    for (const [axis, place] of at.entries()) from += place * strides[order[axis]!]!
    moved[i] = values[from]!
    for (let axis = at.length - 1; axis >= 0; axis--) {
      at[axis]! += 1
      if (at[axis]! < permuted[axis]!) break
      at[axis] = 0
    }
  }
  return { values: moved, shape: permuted }
}
