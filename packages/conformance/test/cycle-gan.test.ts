import { selectBackend } from '@gankit/runtime/node'
import { useUsersCache } from '@gankit/testkit'
import { scratch } from '@gankit/testkit/scratch'
import { createTrainer, hashWeights, loadCheckpoint, restoreSnapshot, takeSnapshot } from '@gankit/trainer'
import { fileStore } from '@gankit/trainer/node'
import { beforeAll, describe, expect, test } from 'vitest'
import { cycleGan, trainingSteps } from '../../trainer/test/games/cycle-gan.ts'
import { dataFrom, measureTranslation } from '../../trainer/test/games/two-sides.ts'
import { run } from './processes.ts'

useUsersCache()
const noNative = await selectBackend({ backend: 'tensorflow' }).then(
  () => false,
  () => true,
)

const seed = 2
const [every, resumedFrom, killedAt, steps] = [20, 60, 70, 120]

describe.each(['wasm', 'tensorflow'])('a CycleGAN of four networks and two streams on %s', backend => {
  const isLeftOut = backend === 'tensorflow' && noNative && !process.env['GANKIT_REQUIRE_NATIVE']

  beforeAll(async () => {
    if (!isLeftOut) await selectBackend({ backend, threads: 1 })
  })

  // The tests of the trainer are about wasm.
  if (backend !== 'wasm')
    test.skipIf(isLeftOut)('learns to turn two moons into a ring, and back', async () => {
      const trainer = createTrainer({ game: cycleGan(), seed })
      await trainer.fit(dataFrom(), { steps: trainingSteps })
      const { offRing, emptiestEighth, offMoons, cycleError } = measureTranslation(trainer.game.networks)
      expect(offRing, '90% lie near the ring').toBeLessThan(0.15)
      expect(emptiestEighth, 'all around the ring').toBeGreaterThan(0.03)
      expect(offMoons, '90% lie near the moons').toBeLessThan(0.1)
      expect(cycleError, 'there and back').toBeLessThan(0.06)
    })

  test.skipIf(isLeftOut)('goes on bit for bit from the checkpoint of a killed process', async () => {
    const data = dataFrom()
    const whole = createTrainer({ game: cycleGan(), seed })
    await whole.fit(data, { steps })
    const folder = scratch()
    const { code, stderr } = await run('cycle-gan.ts', [backend, folder, `${every}`, `${killedAt}`], {}, 170)
    expect(code, stderr).toBe(null)
    const { snapshot } = await loadCheckpoint(fileStore(folder))
    expect(snapshot.state).toMatchObject({
      step: resumedFrom,
      game: { 'moons-pool': { filled: 64 }, 'ring-pool': { filled: 64 } },
    })
    const resumed = createTrainer({ game: cycleGan(), seed })
    restoreSnapshot(resumed, snapshot)
    const rest = dataFrom(snapshot.state.positions)
    await resumed.fit(rest, { steps })
    expect(await hashWeights(resumed.game.networks)).toBe(await hashWeights(whole.game.networks))
    // The pools, the optimizers and the next batches too.
    expect(await takeSnapshot(resumed, rest)).toEqual(await takeSnapshot(whole, data))
  })
})
