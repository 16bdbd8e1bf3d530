import { GankitError, type Objective, type ScalarDescription } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** @throws GankitError for penalties and terms, which the game doesn't have: they would be left out without a word */
export function checkPlainObjective(game: string, { penalties = [], terms = [] }: Objective): void {
  for (const [what, given] of Object.entries({ penalties, terms }))
    if (given.length > 0)
      throw new GankitError(
        'image-to-image',
        'option',
        `the objective of ${game} has the ${what} ${given.map(({ name }) => name).join(', ')}, expected none: leave them out`,
      )
}

/** The scalars of a game of one discriminator: what it says, and the terms of the generator's loss. */
export function describeScalars({ equilibrium }: Objective, terms: readonly string[]): ScalarDescription[] {
  return [
    { name: 'discriminator/loss', label: 'D', chart: 'loss', equilibrium: equilibrium.discriminator },
    { name: 'discriminator/real', label: 'real', chart: 'D(x)', digits: 2 },
    { name: 'discriminator/fake', label: 'fake', chart: 'D(x)', digits: 2 },
    ...terms.map(name => ({ name: `generator/${name}`, label: name, chart: 'terms of the losses' })),
  ]
}

/** −Σ y·log p of each pixel, [n, h, w]: of logits [n, h, w, labels] and labels of the same shape. */
export function crossEntropy(logits: tf.Tensor, truth: tf.Tensor): tf.Tensor {
  return tf.neg(tf.sum(tf.mul(truth, tf.logSoftmax(logits)), -1))
}

/** What `compute` makes, as a constant: nothing of it is recorded, and no gradient runs through it. */
export function withoutGradient(compute: () => tf.Tensor): tf.Tensor {
  return tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))()
}
