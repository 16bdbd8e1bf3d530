import { selectBackend } from '@gankit/runtime/node'
import { beforeAll, expect, test } from 'vitest'
import {
  createTrainer,
  hashWeights,
  loadCheckpoint,
  memoryStore,
  restoreSnapshot,
  saveCheckpoint,
} from '../../src/index.ts'
import { cycleGan, trainingSteps } from './cycle-gan.ts'
import { dataFrom, measureTranslation } from './two-sides.ts'

beforeAll(() => selectBackend({ backend: 'wasm' }))

test('four networks and two streams learn to turn two moons into a ring, and back', async () => {
  const trainer = createTrainer({ game: cycleGan(), seed: 2 })
  await trainer.fit(dataFrom(), { steps: trainingSteps })
  const { offRing, emptiestEighth, offMoons, cycleError } = measureTranslation(trainer.game.networks)
  expect(offRing, '90% lie near the ring').toBeLessThan(0.15)
  expect(emptiestEighth, 'all around the ring').toBeGreaterThan(0.03)
  expect(offMoons, '90% lie near the moons').toBeLessThan(0.1)
  expect(cycleError, 'there and back').toBeLessThan(0.06)
})

test('it goes on from a checkpoint bit for bit, its pools of fakes included', async () => {
  const whole = createTrainer({ game: cycleGan(), seed: 2 })
  await whole.fit(dataFrom(), { steps: 40 })
  const store = memoryStore()
  await createTrainer({ game: cycleGan(), seed: 2 }).fit(dataFrom(), {
    steps: 17,
    callbacks: [
      async (event, run) => {
        if (event.type === 'end') await saveCheckpoint(store, await run.snapshot())
      },
    ],
  })
  const { snapshot } = await loadCheckpoint(store)
  expect(Object.keys(snapshot.state.positions)).toEqual(['moons', 'ring'])
  expect(snapshot.state.game).toEqual({ 'moons-pool': { filled: 64 }, 'ring-pool': { filled: 64 } })
  const second = createTrainer({ game: cycleGan(), seed: 2 })
  restoreSnapshot(second, snapshot)
  await second.fit(dataFrom(snapshot.state.positions), { steps: 40 })
  expect(await hashWeights(second.game.networks)).toBe(await hashWeights(whole.game.networks))
})
