import { objectives } from '@gankit/losses'
import { placesOnLine } from '@gankit/visualization'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { createData } from '../src/games/distributions.ts'
import { columns, maxHeight, packCells, packHeights, side } from '../src/games/drawing.ts'
import { type LineLook, linePlaces, type PlaneLook } from '../src/games/look-shapes.ts'
import { packPoints } from '../src/games/packed-points.ts'
import { stages } from '../src/games/protocol.ts'
import {
  dataNames,
  defaultSettings,
  isLine,
  objectiveNames,
  ranges,
  trainedData,
} from '../src/settings/game-settings.ts'
import { openSession } from './session.ts'

const players = ['discriminator', 'generator'] as const

test('every objective of the package can be chosen', () => {
  expect([...objectiveNames].sort()).toEqual(Object.keys(objectives).sort())
})

describe('data', () => {
  const drawn = {
    'draw-line': { drawing: packHeights(Array.from({ length: columns }, (_, i) => i % (maxHeight + 1))) },
    'draw-plane': { drawing: packCells(Array.from({ length: side * side }, (_, i) => +(i % 7 === 0))) },
    'file-line': { points: packPoints([-0.5, 0.25, 0.5]) },
    'file-plane': { points: packPoints([-0.5, 0.25, 0.5, 0.9]) },
  }
  test.each(dataNames.flatMap(data => ranges.map(range => [data, range] as const)))(
    '%s in the range %s has density 1 on its plot',
    (data, range) => {
      const extra = drawn[data as keyof typeof drawn] ?? {}
      const { distribution, extent } = createData({ ...defaultSettings(data), ...extra, range })!
      const places = extent.map(each => Array.from(placesOnLine(each, isLine(data) ? 2001 : 241)))
      const points = isLine(data) ? places[0]! : places[0]!.flatMap(x => places[1]!.flatMap(y => [x, y]))
      const cell = places.reduce((area, axis) => area * (axis[1]! - axis[0]!), 1)
      const total = distribution.density!(points).reduce((sum, value) => sum + value, 0) * cell
      expect(total).toBeCloseTo(1, 2)
    },
  )

  test('what is yet to be drawn or read is no data', () => {
    for (const data of Object.keys(drawn))
      expect(createData(defaultSettings(data as keyof typeof drawn))).toBeUndefined()
  })
})

test('D alone, trained against a G whose density is known, becomes p / (p + q)', async () => {
  // G(z) = tanh(w·z + b) of a normal z has the density φ((artanh x − b) / w) / (|w|·(1 − x²)).
  const { take, last, answers } = await openSession('normal', {
    order: 'discriminator',
    prior: 'normal',
    generatorHidden: [],
    penalty: 'none',
    batch: 256,
    discriminatorRate: 0.005,
  })
  const before = last().look as LineLook
  await take({ type: 'play', until: 600 })
  const { look, updates } = last()
  expect(updates).toEqual({ generator: 0, discriminator: 600 })
  const { verdicts, density, images } = look as LineLook
  expect(images).toEqual(before.images)
  const { extent, density: p } = answers.find(answer => answer.type === 'opened')!
  const places = placesOnLine(extent[0]!, linePlaces)
  // Two latents and their images give w and b.
  const { latents } = before
  const [z0, z1] = [latents[10]!, latents[30]!]
  const [u0, u1] = [Math.atanh(images[10]!), Math.atanh(images[30]!)]
  const w = (u1 - u0) / (z1 - z0)
  const b = u0 - w * z0
  const q = Array.from(places, x => {
    if (Math.abs(x) >= 1) return 0
    const z = (Math.atanh(x) - b) / w
    return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / (Math.abs(w) * (1 - x * x))
  })
  let worst = 0
  let worstDensity = 0
  for (let i = 0; i < linePlaces; i++) {
    // Where there is hardly a sample D has nothing to learn from.
    if (p![i]! + q[i]! < 0.25) continue
    worst = Math.max(worst, Math.abs(verdicts[i]! - p![i]! / (p![i]! + q[i]!)))
    // The kernel reaches over the ends of tanh.
    if (Math.abs(places[i]!) < 0.9) worstDensity = Math.max(worstDensity, Math.abs(density[i]! - q[i]!))
  }
  expect(worst).toBeLessThan(0.05)
  expect(worstDensity).toBeLessThan(0.05)
})

test('the same settings give the same weights, in one go or in several; another seed gives others', async () => {
  const { take, open, last } = await openSession('ring')
  await take({ type: 'play', until: 40 })
  const { hash, step } = last()
  expect(step).toBe(40)
  expect(hash).toMatch(/^[0-9a-f]{12}$/)
  await open(defaultSettings('ring'), 2)
  for (const until of [7, 25, 40]) await take({ type: 'play', until })
  expect(last()).toMatchObject({ hash, step: 40, game: 2 })
  await open({ ...defaultSettings('ring'), seed: 2 })
  await take({ type: 'play', until: 40 })
  expect(last().hash).not.toBe(hash)
})

test('a step of one network leaves the other as it is', async () => {
  const { take, last } = await openSession('ring')
  const at = async (player: 'generator' | 'discriminator') => {
    await take({ type: 'step', player })
    return last()
  }
  const start = last().look as PlaneLook
  const afterD = await at('discriminator')
  expect(afterD.updates).toEqual({ generator: 0, discriminator: 1 })
  expect((afterD.look as PlaneLook).fakes).toEqual(start.fakes)
  expect((afterD.look as PlaneLook).verdicts).not.toEqual(start.verdicts)
  const afterG = await at('generator')
  expect(afterG.updates).toEqual({ generator: 1, discriminator: 1 })
  expect((afterG.look as PlaneLook).verdicts).toEqual((afterD.look as PlaneLook).verdicts)
  expect((afterG.look as PlaneLook).fakes).not.toEqual(start.fakes)
})

test('a step has as many updates of each network as the settings say', async () => {
  const { take, last } = await openSession('ring', { discriminatorSteps: 3, generatorSteps: 2 })
  await take({ type: 'play', until: 2 })
  expect(last().updates).toEqual({ discriminator: 6, generator: 4 })
})

test.each(['two-normals', 'ring'] as const)(
  'a look at %s has the losses of what D says of its samples',
  async data => {
    const { last } = await openSession(data, { objective: 'minimax' })
    const { real, fake, losses } = last().look.predictions
    const mean = (values: Float32Array, of: (value: number) => number) =>
      values.reduce((sum, value) => sum + of(value), 0) / values.length
    expect([real.length, fake.length]).toEqual([400, 400])
    const ofFakes = mean(fake, value => Math.log(1 - value))
    expect(losses.discriminator).toBeCloseTo(-mean(real, Math.log) - ofFakes, 4)
    expect(losses.generator).toBeCloseTo(ofFakes, 4)
  },
)

test('divergences over time are those of the pictures', async () => {
  const { take, last } = await openSession('two-normals')
  const before = last().measures.divergences!
  await take({ type: 'play', until: 5 })
  const { measured, measures } = last()
  expect([measured.steps[0], measured.steps.at(-1)]).toEqual([0, 5])
  expect([measured.kl[0], measured.js[0]]).toEqual([before.kl.value, before.js.value])
  expect([measured.kl.at(-1), measured.js.at(-1)]).toEqual([
    measures.divergences!.kl.value,
    measures.divergences!.js.value,
  ])
  expect(before.js.value).toBeGreaterThan(before.js.floor)
  expect(before.js.value).toBeLessThanOrEqual(Math.LN2)
})

test.each(trainedData)('the networks that come with %s are better than new ones', async data => {
  const trained = await openSession(data, { start: 'trained' })
  const { measures, updates, hash } = trained.last()
  expect(updates).toEqual({ generator: 0, discriminator: 0 })
  await trained.open(defaultSettings(data))
  expect(trained.last().hash).not.toBe(hash)
  expect(measures.divergences!.js.value).toBeLessThan(0.6 * trained.last().measures.divergences!.js.value)
})

test('settings that change while a game is played give the weights that a link with the changes gives', async () => {
  const { take, open, last, answers } = await openSession('two-normals')
  await take({ type: 'play', until: 5 })
  await take({ type: 'change', settings: { discriminatorRate: 0.01, discriminatorSteps: 2 } })
  await take({ type: 'play', until: 8 })
  await take({ type: 'change', settings: { generatorOptimizer: 'rmsprop', objective: 'hinge' } })
  await take({ type: 'play', until: 12 })
  const { hash, updates } = last()
  expect(updates).toEqual({ discriminator: 5 + 2 * 7, generator: 12 })
  const changes = answers.flatMap(answer => (answer.type === 'changed' ? [answer.change] : []))
  expect(changes.map(({ step }) => step)).toEqual([5, 8])
  await open(defaultSettings('two-normals'), 2, changes)
  await take({ type: 'play', until: 12 })
  expect(last().hash).toBe(hash)
  await open(defaultSettings('two-normals'), 3)
  await take({ type: 'play', until: 12 })
  expect(last().hash).not.toBe(hash)
})

test('an optimizer keeps what it remembers where another setting changes', async () => {
  const { take, open, last } = await openSession('two-normals')
  await take({ type: 'play', until: 10 })
  const { hash } = last()
  await open(defaultSettings('two-normals'), 2)
  await take({ type: 'play', until: 4 })
  // Of the signed loss alone: it changes nothing here.
  await take({ type: 'change', settings: { threshold: 0.3 } })
  await take({ type: 'play', until: 10 })
  expect(last().hash).toBe(hash)
})

test('slow motion shows each network before it moves, part by part, and changes no weights', async () => {
  const { take, open, last, answers } = await openSession('two-normals')
  await take({ type: 'play', until: 1 })
  const { hash } = last()
  await open(defaultSettings('two-normals'), 2)
  await take({ type: 'speed', speed: 'by-hand' })
  await take({ type: 'play', until: 1 })
  expect(last().hash).toBe(hash)
  const moving = answers.flatMap(answer => (answer.type === 'snapshot' ? [answer.moving] : []))
  expect(moving.filter(Boolean)).toEqual(['discriminator', 'generator'])
  const shown = answers.flatMap(answer =>
    answer.type === 'stage' ? [`${answer.player} ${answer.stage}`] : [],
  )
  expect(shown).toEqual(players.flatMap(player => stages.map(stage => `${player} ${stage}`)))
})

test('the arrows are minus the slope of G’s loss, by differences', async () => {
  const { last } = await openSession('ring', { penalty: 'none' })
  const { look } = last()
  const { arrows, verdicts } = look as PlaneLook
  // Non-saturating: −∇(−log D) = ∇D / D, so arrows point where D rises.
  const along = Array.from({ length: 20 }, (_, i) => arrows.slice(4 * i, 4 * i + 4))
  const at = (x: number, y: number) => {
    const cell = (value: number) => Math.min(47, Math.max(0, Math.floor(((value + 1.15) / 2.3) * 48)))
    return verdicts[cell(y) * 48 + cell(x)]!
  }
  const rising = along.filter(([x, y, dx, dy]) => {
    const stride = 0.15 / Math.hypot(dx!, dy!)
    return at(x! + dx! * stride, y! + dy! * stride) > at(x! - dx! * stride, y! - dy! * stride)
  })
  expect(rising.length).toBeGreaterThan(17)
})

test('ReLU units that never fire are counted; LeakyReLU has none', async () => {
  const leaky = await openSession('ring')
  expect(leaky.last().dead).toEqual({ generator: 0, discriminator: 0 })
  const relu = await openSession('ring', {
    discriminatorActivation: 'relu',
    discriminatorRate: 10,
    discriminatorOptimizer: 'sgd',
    penalty: 'none',
  })
  await relu.take({ type: 'play', until: 20 })
  expect(relu.last().dead.discriminator).toBeGreaterThan(0.2)
  expect(relu.last().dead.discriminator).toBeLessThanOrEqual(1)
})

test('numbers that are not finite are told, and the game stands', async () => {
  const { take, last, divergence } = await openSession('ring', {
    objective: 'wasserstein-gp',
    discriminatorOptimizer: 'sgd',
    discriminatorRate: 100,
  })
  await take({ type: 'play', until: 300 })
  expect(divergence()).toMatchObject({ player: expect.stringMatching(/generator|discriminator/), to: 0 })
  expect(last().playing).toBe(false)
})

test('no game leaks a tensor', async () => {
  const { open, take } = await openSession('ring')
  await take({ type: 'play', until: 3 })
  await open(defaultSettings('ring'))
  await take({ type: 'play', until: 3 })
  const before = tf.memory().numTensors
  await open(defaultSettings('ring'))
  await take({ type: 'play', until: 3 })
  expect(tf.memory().numTensors).toBe(before)
})
