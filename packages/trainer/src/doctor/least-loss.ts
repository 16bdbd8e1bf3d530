import type { Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** Logits of a D that is sure, more or less. */
const sure = [0.5, 1, 1.5, 2, 2.5, 3, 4, 6, 10, 20]

/**
 * What D's loss is when D tells all fakes: 0 for most objectives, more where labels are smoothed. The least over
 * verdicts of some sureness, each the same for all samples.
 */
export async function leastLoss(objective: Pick<Objective, 'discriminator'>): Promise<number> {
  const losses = tf.tidy(() =>
    tf.stack(
      sure.flatMap(real =>
        sure.map(fake => objective.discriminator(tf.fill([1, 1], real), tf.fill([1, 1], -fake))),
      ),
    ),
  )
  try {
    return Math.min(...(await losses.data()))
  } finally {
    losses.dispose()
  }
}
