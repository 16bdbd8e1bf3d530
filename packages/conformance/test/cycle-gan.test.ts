import { selectBackend } from '@gankit/runtime/node'
import { useUsersCache } from '@gankit/testkit'
import { scratch } from '@gankit/testkit/scratch'
import {
  createTrainer,
  hashWeights,
  loadCheckpoint,
  restoreSnapshot,
  type Trainer,
  takeSnapshot,
} from '@gankit/trainer'
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
const [every, killedAt, resumedFrom] = [100, 350, 300]

describe.each(['wasm', 'tensorflow'])('a CycleGAN of four networks and two streams on %s', backend => {
  const isLeftOut = backend === 'tensorflow' && noNative && !process.env['GANKIT_REQUIRE_NATIVE']
  const data = dataFrom()
  let whole: Trainer

  beforeAll(async () => {
    if (isLeftOut) return
    await selectBackend({ backend, threads: 1 })
    whole = createTrainer({ game: cycleGan(), seed })
    await whole.fit(data, { steps: trainingSteps })
  })

  test.skipIf(isLeftOut)('learns to turn two moons into a ring, and back', () => {
    const { offRing, emptiestEighth, offMoons, cycleError } = measureTranslation(whole.game.networks)
    expect(offRing, '90% lie near the ring').toBeLessThan(0.15)
    expect(emptiestEighth, 'all around the ring').toBeGreaterThan(0.03)
    expect(offMoons, '90% lie near the moons').toBeLessThan(0.1)
    expect(cycleError, 'there and back').toBeLessThan(0.06)
  })

  test.skipIf(isLeftOut)('goes on bit for bit from the checkpoint of a killed process', async () => {
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
    await resumed.fit(rest, { steps: trainingSteps })
    expect(await hashWeights(resumed.game.networks)).toBe(await hashWeights(whole.game.networks))
    // The pools, the optimizers and the next batches too.
    expect(await takeSnapshot(resumed, rest)).toEqual(await takeSnapshot(whole, data))
  })
})
