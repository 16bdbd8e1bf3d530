// Every objective, a line each. The types of settings, their checks and `objectives` are made from this list.
export { entry as hinge } from './hinge.ts'
export { entry as leastSquares } from './least-squares.ts'
export { entry as minimax } from './minimax.ts'
export { entry as nonSaturating } from './non-saturating.ts'
export { entry as relativistic } from './relativistic.ts'
export { entry as relativisticAverage } from './relativistic-average.ts'
export { entry as signedMinimax } from './signed-minimax.ts'
export { entry as wasserstein } from './wasserstein.ts'
