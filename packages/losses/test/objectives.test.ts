import { expect, test } from 'vitest'
import {
  leastSquares,
  minimax,
  nonSaturating,
  objectives,
  relativisticAverage,
  signedMinimax,
  wasserstein,
} from '../src/index.ts'
import { type ObjectiveTraits, testObjective } from './conformance.ts'

// G's loss of signed-minimax makes rejected fakes worse; that is what it is there to show.
const traits: Record<string, ObjectiveTraits> = { 'signed-minimax': { fools: false } }
for (const [name, make] of Object.entries(objectives)) {
  testObjective(name, make, traits[name])
  test(`${name} calls itself so`, () => expect(make().name).toBe(name))
}

// D's best answer to samples like the data is (1 − s)/2.
const smoothed = { undecided: Math.log(0.9 / 1.1) }
testObjective('non-saturating, smoothed', () => nonSaturating({ labelSmoothing: 0.1 }), smoothed)
testObjective('minimax, smoothed', () => minimax({ labelSmoothing: 0.1 }), smoothed)
for (const threshold of [0.2, 0.8])
  testObjective(`signed-minimax, threshold ${threshold}`, () => signedMinimax({ threshold }), {
    fools: false,
  })
testObjective('least-squares, wanted 0.9', () => leastSquares({ wanted: 0.9 }))
testObjective('least-squares, labels 0 and 2', () => leastSquares({ fake: 0, real: 2, wanted: 2 }), {
  undecided: 1,
})
testObjective('wasserstein without a penalty', () => wasserstein({ gradientPenalty: 0 }))
testObjective('relativistic-average with the hinge loss', () => relativisticAverage({ loss: 'hinge' }))
