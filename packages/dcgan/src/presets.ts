import { normalPrior, uniformPrior } from '@gankit/core'
import type { DcganOptions } from './options.ts'

const noise = { size: 100, prior: normalPrior() } as const

/** 28×28×1: 100 → 7·7·128 → 14·14·64 → 28·28·1. */
const mnist: DcganOptions = { imageShape: [28, 28, 1], latent: noise, base: 64 }

/** The course's net: 100 → 4·4·1024 → 8·8·512 → 16·16·256 → 32·32·128 → 64·64·3, hidden LeakyReLU, kernel 5. */
const course: DcganOptions = { imageShape: [64, 64, 3], latent: noise, base: 128 }

/** Radford et al. 2016: the same sizes with ReLU in G, and a uniform latent. */
const paper: DcganOptions = {
  ...course,
  latent: { size: 100, prior: uniformPrior(-1, 1) },
  generatorActivation: 'relu',
}

/** 64×64×3 at a base that two cores can train. */
const facesLight: DcganOptions = { ...course, base: 32 }

/** 32×32×3. */
const cifar: DcganOptions = { imageShape: [32, 32, 3], latent: noise, base: 64 }

/** Options that are known to work, to hand to `createDcgan` as they are or spread with changes. */
export const presets: Readonly<Record<'mnist' | 'course' | 'paper' | 'faces-light' | 'cifar', DcganOptions>> =
  {
    mnist,
    course,
    paper,
    'faces-light': facesLight,
    cifar,
  }
