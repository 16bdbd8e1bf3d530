import type { Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** Absolute logits of a D that tells all fakes, from hardly sure to certain. */
const sureLogits = [0.5, 1, 1.5, 2, 2.5, 3, 4, 6, 10, 20]

/**
 * D's loss when D tells all fakes: 0 for most objectives, more where labels are smoothed. The minimum over logits of
 * several sizes, each the same for all samples.
 */
export async function minimumLoss(objective: Pick<Objective, 'discriminator'>): Promise<number> {
  const losses = tf.tidy(() =>
    tf.stack(
      sureLogits.flatMap(real =>
        sureLogits.map(fake => objective.discriminator(tf.fill([1, 1], real), tf.fill([1, 1], -fake))),
      ),
    ),
  )
  try {
    return Math.min(...(await losses.data()))
  } finally {
    losses.dispose()
  }
}
