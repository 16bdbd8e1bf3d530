import { l1, nonSaturating, withTerms } from '@gankit/losses'
import { expect, test } from 'vitest'
import { adam, algorithm1 } from '../src/index.ts'
import { tinyGan } from './tiny-gan.ts'

const equilibria = (objective: ReturnType<typeof nonSaturating>) => {
  const optimizers = { generator: adam(), discriminator: adam() }
  const { scalars } = algorithm1({ gan: tinyGan(), objective, optimizers })
  return scalars.filter(({ chart }) => chart === 'loss').map(({ label, equilibrium }) => [label, equilibrium])
}

test("losses are shown beside their values at the equilibrium, G's only where it is the verdict alone", () => {
  expect(equilibria(nonSaturating())).toEqual([
    ['D', 2 * Math.LN2],
    ['G', Math.LN2],
  ])
  expect(equilibria(withTerms(nonSaturating(), l1({ weight: 100 })))).toEqual([
    ['D', 2 * Math.LN2],
    ['G', undefined],
  ])
})
