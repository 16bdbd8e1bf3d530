export { minimax } from './minimax.ts'
export { nonSaturating } from './non-saturating.ts'
export { type ObjectiveName, objectives } from './objectives.ts'
export { type SignedMinimaxOptions, signedMinimax } from './signed-minimax.ts'
