import * as tf from '@tensorflow/tfjs'

/** The entry of the tape for one kernel or custom gradient. */
export interface Node {
  readonly kernelName: string
  readonly inputs: Readonly<Record<string, tf.Tensor>>
  readonly outputs: readonly tf.Tensor[]
  readonly saved: readonly tf.Tensor[]
  /** The tensors of which the saved ones are aliases, until the tape itself records the aliases. */
  aliasOf?: readonly tf.Tensor[] | undefined
}

/** The parts of tfjs's engine that create and record aliases. */
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

/** Creates tensors over the same memory for the gradient of a kernel, which outlive the kernel's own tensors. */
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

/** Records, behind each kernel on the tape, that its saved tensors are its inputs and outputs: see `recordAliases`. */
export function recordAllAliases(engine: Aliasing, addTapeNode: Aliasing['addTapeNode']): void {
  const tape = engine.state.activeTape
  for (const node of tape.splice(0)) {
    tape.push(node)
    recordAliases(engine, addTapeNode, node)
  }
}

/**
 * Records at the end of the tape that the saved tensors of a kernel are its inputs and outputs. Only gradients of gradients
 * need that.
 */
export function recordAliases(engine: Aliasing, addTapeNode: Aliasing['addTapeNode'], node: Node): void {
  for (const [i, x] of (node.aliasOf ?? []).entries())
    addTapeNode.call(engine, '@gankit/runtime/alias', { x }, [node.saved[i]!], passGradient, [], {})
  node.aliasOf = undefined
}

const passGradient = (dy: tf.Tensor | tf.Tensor[]) => ({ x: () => tf.cast(dy as tf.Tensor, 'float32') })
