import type { NamedWeights, RandomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Gradients, Optimizer } from './optimizers/optimizer.ts'

/** What a player gets for one move. */
export interface Turn {
  /** How many samples the player works with. */
  readonly batchSize: number
  /** Real samples, [batchSize, ...sampleShape]; only for moves that want them. */
  readonly real?: tf.Tensor
  /** Random numbers of this move and no other. */
  random(purpose: string): RandomStream
}

/** One player's move in a game: which weights may change, by which rule, to lower which loss. */
export interface Move {
  /** Whose move it is: 'generator', 'discriminator', or any name in a game with more networks. */
  readonly player: string
  /** Whether `turn.real` is needed. */
  readonly wantsReal: boolean
  /** Everything that this move may change; nothing else does. */
  readonly weights: NamedWeights
  readonly optimizer: Optimizer
  /** The loss, and scalars worth watching under their names. */
  loss(turn: Turn): { readonly loss: tf.Scalar; readonly watched?: Readonly<Record<string, tf.Scalar>> }
}

/** A seam between computing gradients and applying them: several workers may average theirs here. */
export type ReduceGradients = (gradients: Gradients, move: Move) => Gradients | Promise<Gradients>

/**
 * Plays one move: computes the gradients of its loss, hands them through `reduceGradients`, applies them.
 * @returns `loss` and what is watched, as scalars that the caller disposes of; nothing is read back here
 */
export async function play(
  move: Move,
  turn: Turn,
  reduceGradients?: ReduceGradients,
): Promise<Map<string, tf.Scalar>> {
  const scalars = new Map<string, tf.Scalar>()
  const names = new Map([...move.weights].map(([name, weight]) => [weight.name, name]))
  const { value, grads } = tf.variableGrads(() => {
    const { loss, watched = {} } = move.loss(turn)
    for (const [name, scalar] of Object.entries(watched)) scalars.set(name, tf.keep(scalar))
    return loss
  }, [...move.weights.values()])
  scalars.set('loss', value)
  const own: Gradients = new Map(
    Object.entries(grads).map(([name, gradient]) => [names.get(name)!, gradient]),
  )
  const reduced = reduceGradients ? await reduceGradients(own, move) : own
  move.optimizer.apply(move.weights, reduced)
  for (const gradient of new Set([...own.values(), ...reduced.values()])) gradient.dispose()
  return scalars
}
