import * as tf from '@tensorflow/tfjs'

/** What the tape holds for one kernel or custom gradient. */
export interface Node {
  readonly kernelName: string
  readonly inputs: Readonly<Record<string, tf.Tensor>>
  readonly outputs: readonly tf.Tensor[]
  readonly saved: readonly tf.Tensor[]
  /** What each of the saved tensors is an alias of, until that is on the tape itself. */
  aliasOf?: readonly tf.Tensor[] | undefined
}

/** What of tfjs's engine makes and records aliases. */
export interface Aliasing {
  readonly state: { activeTape: Node[]; readonly gradientDepth: number }
  readonly backend: { incRef(dataId: object): void }
  makeTensorFromTensorInfo(info: tf.TensorInfo): tf.Tensor
  keep(tensor: tf.Tensor): tf.Tensor
  addTapeNode(
    kernelName: string,
    inputs: Record<string, tf.Tensor>,
    outputs: tf.Tensor[],
    gradient: Gradient | null,
    saved: tf.Tensor[],
    attributes: object,
  ): void
}

export type Gradient = (dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[], attributes: object) => object

/** Tensors over the same memory, which outlive the ones that a kernel was given, for its gradient. */
export function createAliases(
  engine: Aliasing,
  of: readonly tf.Tensor[],
): { readonly aliases: tf.Tensor[]; readonly of: readonly tf.Tensor[] } {
  const aliases = of.map(tensor => {
    engine.backend.incRef(tensor.dataId)
    return engine.keep(engine.makeTensorFromTensorInfo(tensor))
  })
  return { aliases, of }
}

/** Puts behind each kernel on the tape that what it saved comes from its inputs and outputs: see `recordAliases`. */
export function recordAllAliases(engine: Aliasing, addTapeNode: Aliasing['addTapeNode']): void {
  const tape = engine.state.activeTape
  for (const node of tape.splice(0)) {
    tape.push(node)
    recordAliases(engine, addTapeNode, node)
  }
}

/**
 * Puts at the end of the tape that what a kernel saved comes from its inputs and outputs. Only a gradient of a gradient
 * asks for that.
 */
export function recordAliases(engine: Aliasing, addTapeNode: Aliasing['addTapeNode'], node: Node): void {
  for (const [i, x] of (node.aliasOf ?? []).entries())
    addTapeNode.call(engine, '@gankit/runtime/alias', { x }, [node.saved[i]!], passGradient, [], {})
  node.aliasOf = undefined
}

const passGradient = (dy: tf.Tensor | tf.Tensor[]) => ({ x: () => tf.cast(dy as tf.Tensor, 'float32') })
