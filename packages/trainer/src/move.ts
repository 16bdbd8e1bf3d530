import type { Condition, NamedWeights, RandomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { clipToNorm, gradientNorm } from './gradient-norm.ts'
import type { Gradients, Optimizer } from './optimizers/optimizer.ts'

/** What a player gets for one move. */
export interface Turn {
  /** Steps taken before this one. */
  readonly step: number
  /** How many samples the player works with. */
  readonly batchSize: number
  /** Real samples, [batchSize, ...sampleShape]; only for moves that want them. */
  readonly real?: tf.Tensor
  /** What the real samples have of what a generator can be asked for, [batchSize, conditionSize]; only where it can. */
  readonly conditions?: tf.Tensor2D
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
  /** The greatest length of the gradient of all its weights; a longer one is scaled down. Default: any. */
  readonly clipNorm?: number
  /** The loss, and scalars worth watching under their names. */
  loss(turn: Turn): { readonly loss: tf.Scalar; readonly watched?: Readonly<Record<string, tf.Scalar>> }
}

/** Moves that all start from the same weights: the gradients of all of them are computed, then all are applied. */
export type Round = readonly Move[]

/** Which moves make a step. */
export interface Game {
  /** What its generator can be asked for; batches have an attribute for each, in this order. Default: nothing. */
  readonly conditions?: readonly Condition[]
  /** Moves of a whole step; each has random numbers of its own. */
  readonly moves: number
  /** The rounds of the step that follows so many steps. */
  rounds(step: number): readonly Round[]
}

/** A seam between computing gradients and applying them: several workers may average theirs here. */
export type ReduceGradients = (gradients: Gradients, move: Move) => Gradients | Promise<Gradients>

/** A move up to where it would change weights. */
export interface Planned {
  readonly move: Move
  /** They belong to the plan until it is applied. */
  readonly gradients: Gradients
  /** `loss`, `gradient` (its length, before it is clipped) and what is watched; whoever planned disposes of them. */
  readonly scalars: Map<string, tf.Scalar>
}

/** Computes a move's loss and gradients, and hands the gradients through `reduceGradients`. Nothing is read back. */
export async function plan(move: Move, turn: Turn, reduceGradients?: ReduceGradients): Promise<Planned> {
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
  const used = new Set(reduced.values())
  for (const gradient of own.values()) if (!used.has(gradient)) gradient.dispose()
  const norm = gradientNorm(reduced)
  scalars.set('gradient', norm)
  const gradients = move.clipNorm === undefined ? reduced : clipToNorm(reduced, norm, move.clipNorm)
  return { move, gradients, scalars }
}

/** Lets go of gradients that won't be applied, or have been. */
export function dropGradients({ gradients }: Planned): void {
  for (const gradient of gradients.values()) gradient.dispose()
}

/** Changes the weights by what was planned. */
export function apply(planned: Planned): void {
  planned.move.optimizer.apply(planned.move.weights, planned.gradients)
  dropGradients(planned)
}

/**
 * Plays one move: computes the gradients of its loss, hands them through `reduceGradients`, applies them.
 * @returns `loss`, `gradient` and what is watched, as scalars that the caller disposes of; nothing is read back here
 */
export async function play(
  move: Move,
  turn: Turn,
  reduceGradients?: ReduceGradients,
): Promise<Map<string, tf.Scalar>> {
  const planned = await plan(move, turn, reduceGradients)
  apply(planned)
  return planned.scalars
}
