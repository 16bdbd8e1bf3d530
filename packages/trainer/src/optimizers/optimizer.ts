import { GankitError, type NamedWeights } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type Schedule, scheduledValue } from './schedule.ts'

/** Gradients under the names of the weights that they belong to. */
export type Gradients = ReadonlyMap<string, tf.Tensor>

/** Changes weights by gradients, and remembers what it needs for the next time. */
export interface Optimizer {
  readonly name: string
  /** How often it was applied. Settable, to go on where another process stopped. */
  updates: number
  /** What its learning rate is multiplied by. 1 unless a run that fell lowered it. Settable. */
  scale: number
  /** One update of every weight that has a gradient. Owns none of its arguments. */
  apply(weights: NamedWeights, gradients: Gradients): void
  /** What it remembers, one tensor for each slot and weight: 'm/dense_1/kernel'. They belong to the optimizer. */
  readonly slots: NamedWeights
  /** Makes the slots for these weights now, zero, so that saved values can be put in. */
  prepare(weights: NamedWeights): void
  dispose(): void
}

/** One update of one weight, as mathematics: its next value and those of its slots. */
export interface Rule<Slot extends string> {
  readonly name: string
  readonly slots: readonly Slot[]
  readonly learningRate: Schedule
  next(
    weight: tf.Tensor,
    gradient: tf.Tensor,
    slots: Readonly<Record<Slot, tf.Tensor>>,
    learningRate: number,
    update: number,
  ): { readonly weight: tf.Tensor } & Readonly<Record<Slot, tf.Tensor>>
}

/** An optimizer that applies one rule to each weight on its own. */
export function createOptimizerFromRule<Slot extends string>(rule: Rule<Slot>): Optimizer {
  const slots = new Map<string, tf.Variable>()
  const slotOf = (slot: Slot, name: string, shape: number[]): tf.Variable => {
    const key = `${slot}/${name}`
    const known = slots.get(key)
    if (known) return known
    const made = tf.tidy(() => tf.variable(tf.zeros(shape), false))
    slots.set(key, made)
    return made
  }
  return {
    name: rule.name,
    updates: 0,
    scale: 1,
    slots,
    apply(weights, gradients) {
      const learningRate = this.scale * scheduledValue(rule.learningRate, this.updates)
      for (const [name, gradient] of gradients) {
        const weight = weights.get(name)
        if (!weight)
          throw new GankitError(
            'trainer',
            'state',
            `${rule.name} got a gradient for '${name}', which is no weight here`,
          )
        const own = {} as Record<Slot, tf.Variable>
        for (const slot of rule.slots) own[slot] = slotOf(slot, name, weight.shape)
        tf.tidy(() => {
          const next = rule.next(weight, gradient, own, learningRate, this.updates)
          for (const slot of rule.slots) own[slot].assign(next[slot])
          weight.assign(next.weight)
        })
      }
      this.updates++
    },
    prepare(weights) {
      for (const [name, weight] of weights) for (const slot of rule.slots) slotOf(slot, name, weight.shape)
    },
    dispose() {
      for (const slot of slots.values()) slot.dispose()
      slots.clear()
    },
  }
}
