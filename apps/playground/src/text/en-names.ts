import type { ObjectiveName } from '@gankit/losses'
import type {
  Activation,
  DataName,
  OptimizerName,
  Order,
  PriorName,
  RangeName,
} from '../settings/game-settings.ts'
import type { Speed } from '../settings/url-state.ts'
import type { ViewName } from '../settings/views.ts'
import type { Method } from '../zero-sum/settings.ts'

const data: Readonly<Record<DataName, string>> = {
  normal: 'Normal',
  'two-normals': 'Two normals',
  'three-normals': 'Three normals',
  uniform: 'Uniform',
  'draw-line': 'Draw your own',
  'file-line': 'From a file',
  ring: 'Ring of 8',
  grid: 'Grid of 25',
  segment: 'Line',
  'two-blobs': 'Two blobs',
  disjoint: 'Three discs',
  spiral: 'Spiral',
  'two-moons': 'Two moons',
  'draw-plane': 'Draw your own',
  'file-plane': 'From a file',
}
const range: Readonly<Record<RangeName, string>> = {
  tanh: '[−1, 1]',
  unit: '[0, 1]',
  double: '[−2, 2]',
  bytes: '[0, 255]',
}
const prior: Readonly<Record<PriorName, string>> = {
  normal: 'normal, N(0, 1)',
  uniform: 'uniform on [−1, 1]',
  'uniform-unit': 'uniform on [0, 1]',
}
const activation: Readonly<Record<Activation, string>> = { 'leaky-relu': 'LeakyReLU', relu: 'ReLU' }
const objective: Readonly<Record<ObjectiveName, string>> = {
  minimax: 'minimax (saturating)',
  'non-saturating': 'non-saturating',
  'signed-minimax': 'signed, as in the course',
  hinge: 'hinge',
  'least-squares': 'least squares',
  'wasserstein-gp': 'Wasserstein (with penalty)',
  relativistic: 'relativistic',
  'relativistic-average': 'relativistic average',
}
const penalty: Readonly<Record<'none' | 'r1' | 'r2' | 'gradient-penalty', string>> = {
  none: 'none',
  r1: 'R1, at real samples',
  r2: 'R2, at fakes',
  'gradient-penalty': 'gradient penalty, between',
}
const optimizer: Readonly<Record<OptimizerName, string>> = {
  adam: 'Adam',
  rmsprop: 'RMSProp',
  momentum: 'momentum',
  sgd: 'SGD',
}
const order: Readonly<Record<Order, string>> = {
  alternating: 'D, then G',
  simultaneous: 'both at once',
  discriminator: 'D alone, G frozen',
  generator: 'G alone, D frozen',
}
const speed: Readonly<Record<Speed, string>> = {
  'by-hand': 'by hand',
  slow: 'slow',
  medium: '10 / s',
  fast: 'full',
}
const view: Readonly<Record<ViewName, string>> = {
  verdicts: 'D(x)',
  real: 'data',
  contours: 'data’s density',
  fake: 'fakes',
  lattice: 'G’s map of z',
  cells: 'G’s density',
  arrows: 'gradients at fakes',
  best: 'best D',
  scheme: 'the game',
  losses: 'losses',
  probabilities: 'D(x), D(G(z))',
  divergences: 'KL, JS',
}
const method: Readonly<Record<Method, string>> = {
  simultaneous: 'at once',
  alternating: 'in turn',
  extragradient: 'extragradient',
  optimistic: 'optimistic',
}

/** Names of what can be chosen, in English. */
export const names = {
  data,
  range,
  prior,
  activation,
  objective,
  penalty,
  optimizer,
  order,
  speed,
  view,
  method,
} as const
