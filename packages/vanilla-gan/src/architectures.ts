import { uniformPrior } from '@gankit/core'
import type { VanillaGanOptions } from './options.ts'

/** The vanilla net of the widely used MNIST examples: 1.5 million weights in G, 0.5 in D. */
const classic: VanillaGanOptions = {
  generator: { kind: 'mlp', hidden: [128, 256, 512, 1024] },
  discriminator: { hidden: [512, 256] },
}

/** The MNIST net of Goodfellow et al. 2014 (arXiv 1406.2661) and its published training code. */
const algorithm1: VanillaGanOptions = {
  latent: { prior: uniformPrior(-Math.sqrt(3), Math.sqrt(3)) },
  generator: {
    kind: 'mlp',
    hidden: [1200, 1200],
    activation: 'relu',
    batchNormalization: false,
    output: 'sigmoid',
    initialization: { name: 'uniform', limit: 0.05 },
  },
  discriminator: {
    hidden: [240, 240],
    activation: 'maxout',
    pieces: 5,
    dropout: { input: 0.2, hidden: 0.5 },
    inputRange: '[0, 1]',
    initialization: { name: 'uniform', limit: 0.005 },
  },
}

/** A net that two cores train in minutes; the dropout lets it learn at ten times the usual rate. */
const light: VanillaGanOptions = {
  latent: { size: 64 },
  generator: { kind: 'mlp', hidden: [256, 256] },
  discriminator: { hidden: [512, 256], dropout: { hidden: 0.3 } },
}

/** Model options that are known to work, to hand to `createVanillaGan` as they are or spread with changes. */
export const architectures: Readonly<Record<'classic' | 'algorithm1' | 'light', VanillaGanOptions>> = {
  classic,
  algorithm1,
  light,
}
