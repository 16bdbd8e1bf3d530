import { forward } from '@gankit/core'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import {
  createTrainer,
  hashWeights,
  loadCheckpoint,
  memoryStore,
  restoreSnapshot,
  saveCheckpoint,
} from '../../src/index.ts'
import { cycleGan, dataFrom, pointsOf, ringRadius } from './cycle-gan.ts'

beforeAll(() => selectBackend({ backend: 'wasm' }))

const count = 500
const held = 1e6

test('four networks and two streams learn to turn two moons into a ring, and back', {
  timeout: 600_000,
}, async () => {
  const trainer = createTrainer({ game: cycleGan(), seed: 2 })
  await trainer.fit(dataFrom(), { steps: 2750 })
  const { networks } = trainer.game
  const moons = tf.tensor2d(pointsOf('moons', held, count), [count, 2])
  const ring = tf.tensor2d(pointsOf('ring', held, count), [count, 2])
  const toRing = forward(networks['moons-to-ring']!, moons)
  const mapped = toRing.arraySync() as [number, number][]
  const back = forward(networks['ring-to-moons']!, toRing)
  const toMoons = forward(networks['ring-to-moons']!, ring).arraySync() as [number, number][]

  const offRing = mapped.map(([x, y]) => Math.abs(Math.hypot(x, y) - ringRadius)).sort((a, b) => a - b)
  expect(offRing[0.9 * count], '90% lie near the ring').toBeLessThan(0.15)
  const eighths = mapped.map(([x, y]) => Math.floor((Math.atan2(y, x) / (2 * Math.PI) + 1) * 8) % 8)
  for (let eighth = 0; eighth < 8; eighth++)
    expect(eighths.filter(each => each === eighth).length / count, `eighth ${eighth}`).toBeGreaterThan(0.03)

  const real = pointsOf('moons', 2 * held, 2000)
  const offMoons = toMoons
    .map(([x, y]) => {
      let nearest = Number.POSITIVE_INFINITY
      for (let i = 0; i < real.length; i += 2)
        nearest = Math.min(nearest, Math.hypot(real[i]! - x, real[i + 1]! - y))
      return nearest
    })
    .sort((a, b) => a - b)
  expect(offMoons[0.9 * count], '90% lie near the moons').toBeLessThan(0.1)
  expect(tf.mean(tf.abs(tf.sub(back, moons))).dataSync()[0], 'there and back').toBeLessThan(0.06)
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
