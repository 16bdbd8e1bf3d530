import { objectives } from '@gankit/losses'
import { optimizerNames as trainerNames } from '@gankit/trainer/optimizers'
import { expect, test } from 'vitest'
import { objectiveNames, optimizerNames } from '../../src/settings/schemas.ts'

test('the settings name every objective and every optimizer there is', () => {
  expect([...objectiveNames].sort()).toEqual(Object.keys(objectives).sort())
  expect([...optimizerNames].sort()).toEqual([...trainerNames].sort())
})
