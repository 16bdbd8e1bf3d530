import { uniformPrior } from '@gankit/core'
import type { DcganOptions } from './options.ts'

/** 28×28×1: 100 → 7·7·128 → 14·14·64 → 28·28·1. */
const mnist: DcganOptions = { imageShape: [28, 28, 1], base: 64 }

/** 64×64×3 at full width: 100 → 4·4·1024 → 8·8·512 → 16·16·256 → 32·32·128 → 64·64·3, hidden LeakyReLU, kernel 5. */
const facesWide: DcganOptions = { imageShape: [64, 64, 3], base: 128 }

/** Radford et al. 2016: the same sizes with ReLU in G, and a uniform latent. */
const paper: DcganOptions = {
  ...facesWide,
  latent: { prior: uniformPrior(-1, 1) },
  generatorActivation: 'relu',
}

/** 64×64×3 at a base that two cores can train. */
const facesLight: DcganOptions = { ...facesWide, base: 32 }

/** 32×32×3. */
const cifar: DcganOptions = { imageShape: [32, 32, 3], base: 64 }

/** Model options that are known to work, to hand to `createDcgan` as they are or spread with changes. */
export const architectures: Readonly<
  Record<'mnist' | 'faces-wide' | 'paper' | 'faces-light' | 'cifar', DcganOptions>
> = {
  mnist,
  'faces-wide': facesWide,
  paper,
  'faces-light': facesLight,
  cifar,
}
