import * as tf from '@tensorflow/tfjs'
import { clipToNorm, gradientNorm } from '../optimizers/gradient-norm.ts'
import type { Gradients } from '../optimizers/optimizer.ts'
import type { Player, ReduceGradients, Update, UpdateContext } from './game.ts'

/** An update up to where it would change weights. */
export interface ComputedUpdate {
  readonly update: Update
  readonly player: Player
  /** They belong to it until it is applied or dropped. */
  readonly gradients: Gradients
  /** `loss`, `gradient` (its length, before it is clipped) and what else the loss watches; the caller disposes of them. */
  readonly scalars: Map<string, tf.Scalar>
  /** What the loss shares with later updates; the caller disposes of them. */
  readonly shared: Readonly<Record<string, tf.Tensor>>
}

/** Computes an update's loss and gradients, and hands the gradients through `reduceGradients`. Nothing is read back. */
export async function computeUpdate(
  update: Update,
  player: Player,
  context: UpdateContext,
  reduceGradients?: ReduceGradients,
): Promise<ComputedUpdate> {
  const { weights, clipNorm } = player
  const scalars = new Map<string, tf.Scalar>()
  const shared: Record<string, tf.Tensor> = {}
  const names = new Map([...weights].map(([name, weight]) => [weight.name, name]))
  const { value, grads } = tf.variableGrads(() => {
    const result = update.loss(context)
    for (const [name, scalar] of Object.entries(result.scalars ?? {})) scalars.set(name, keepOwn(scalar))
    for (const [name, tensor] of Object.entries(result.shared ?? {})) shared[name] = keepOwn(tensor)
    return result.loss
  }, [...weights.values()])
  scalars.set('loss', value)
  const own: Gradients = new Map(
    Object.entries(grads).map(([name, gradient]) => [names.get(name)!, gradient]),
  )
  const reduced = reduceGradients ? await reduceGradients(own, { ...update, weights }) : own
  const used = new Set(reduced.values())
  for (const gradient of own.values()) if (!used.has(gradient)) gradient.dispose()
  const norm = gradientNorm(reduced)
  scalars.set('gradient', norm)
  const gradients = clipNorm === undefined ? reduced : clipToNorm(reduced, norm, clipNorm)
  return { update, player, gradients, scalars, shared }
}

/** A tensor that outlives the tape. One tensor under two names gets a copy for each, so that each is disposed of once. */
function keepOwn<T extends tf.Tensor>(tensor: T): T {
  return tf.keep(tensor.kept ? tf.clone(tensor) : tensor)
}

/** Frees gradients that won't be applied, or have been. */
export function dropGradients({ gradients }: ComputedUpdate): void {
  for (const gradient of gradients.values()) gradient.dispose()
}

/** Changes the player's weights. */
export function applyUpdate(computed: ComputedUpdate): void {
  const { player, gradients } = computed
  player.optimizer.apply(player.weights, gradients)
  dropGradients(computed)
}
