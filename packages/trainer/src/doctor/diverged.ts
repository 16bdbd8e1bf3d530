import { formatNumber } from '@gankit/core'
import { type Check, type Reading, shortName } from './check.ts'

/**
 * A loss beyond this is no game any more, whatever the objective: losses of cross-entropy, least squares and hinge stay
 * below some hundreds, and those of Wasserstein critics below some thousands.
 */
const absurdLoss = 1e5

/**
 * The loss of a player is absurdly large: weights have grown so much that samples and logits are nothing but extremes. D
 * tells all samples then, G's gradient may be 0, and no later step brings the weights back. The warm-up counts.
 */
export function diverged(): Check {
  return {
    early({ all, scalars }) {
      const found = findLargestLoss(all.at(-1)!)
      if (!found) return undefined
      const { name, player, loss } = found
      const equilibrium = scalars.find(scalar => scalar.name === name)?.equilibrium
      const beside =
        equilibrium === undefined ? '' : `, where ${formatNumber(equilibrium)} is the equilibrium`
      return {
        evidence: `the loss of ${shortName(player)} is ${formatNumber(loss)}${beside}`,
        advice:
          'start anew with a learning rate ten times as low, or less; a checkpoint from before helps only where the loss was still small',
      }
    },
  }
}

/** The loss that is furthest beyond what is absurd. */
function findLargestLoss({
  values,
}: Reading): { readonly name: string; readonly player: string; readonly loss: number } | undefined {
  return Object.entries(values)
    .filter(([name, value]) => name.endsWith('/loss') && Math.abs(value) > absurdLoss)
    .map(([name, loss]) => ({ name, player: name.slice(0, -'/loss'.length), loss }))
    .sort((a, b) => Math.abs(b.loss) - Math.abs(a.loss))[0]
}
