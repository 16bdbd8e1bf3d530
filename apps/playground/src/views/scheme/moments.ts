import type { PlayerName, Stage } from '../../games/protocol.ts'

/** The parts of a game, in the order in which a reader goes through them. */
export const nodeNames = [
  'noise',
  'generator',
  'fakes',
  'reals',
  'discriminator',
  'predictions',
  'losses',
  'gradients',
] as const
export type NodeName = (typeof nodeNames)[number]

/** What flows from part to part: forwards, and gradients back. */
export const flowNames = [
  'noise-generator',
  'generator-fakes',
  'fakes-discriminator',
  'reals-discriminator',
  'discriminator-predictions',
  'predictions-losses',
  'losses-discriminator',
  'losses-gradients',
  'gradients-generator',
] as const
export type FlowName = (typeof flowNames)[number]

interface Parts {
  readonly nodes: readonly NodeName[]
  readonly flows: readonly FlowName[]
}

const made: Parts = {
  nodes: ['noise', 'generator', 'fakes'],
  flows: ['noise-generator', 'generator-fakes'],
}
const loss: Parts = { nodes: ['predictions', 'losses'], flows: ['predictions-losses'] }

/** The parts that are lit while slow motion stands at a moment of an update. */
const partsOf: Readonly<Record<PlayerName, Readonly<Record<Stage, Parts>>>> = {
  discriminator: {
    samples: { ...made, nodes: [...made.nodes, 'reals'] },
    predictions: {
      nodes: ['fakes', 'reals', 'discriminator', 'predictions'],
      flows: ['fakes-discriminator', 'reals-discriminator', 'discriminator-predictions'],
    },
    loss,
    gradients: { nodes: ['losses', 'discriminator'], flows: ['losses-discriminator'] },
    update: { nodes: ['discriminator'], flows: [] },
  },
  generator: {
    samples: made,
    predictions: {
      nodes: ['fakes', 'discriminator', 'predictions'],
      flows: ['fakes-discriminator', 'discriminator-predictions'],
    },
    loss,
    gradients: {
      nodes: ['losses', 'gradients', 'generator'],
      flows: ['losses-gradients', 'gradients-generator'],
    },
    update: { nodes: ['generator'], flows: [] },
  },
}

export function partsAt({ player, stage }: { readonly player: PlayerName; readonly stage: Stage }): Parts {
  return partsOf[player][stage]
}
