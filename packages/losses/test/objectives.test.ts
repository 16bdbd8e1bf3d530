import { expect, test } from 'vitest'
import { objectives, signedMinimax } from '../src/index.ts'
import { testObjective } from './conformance.ts'

for (const [name, make] of Object.entries(objectives)) {
  testObjective(name, make)
  test(`${name} calls itself so`, () => expect(make().name).toBe(name))
}
testObjective('signed-minimax, threshold 0.8', () => signedMinimax({ threshold: 0.8 }))
testObjective('signed-minimax, threshold 0.2', () => signedMinimax({ threshold: 0.2 }))
