import { languages } from '@gankit/page-kit/language'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packCells, packHeights } from '../src/games/drawing.ts'
import { parseUnits } from '../src/settings/bounds.ts'
import {
  activations,
  dataNames,
  type GameSettings,
  hasTrainedStart,
  objectiveNames,
  optimizers,
  orders,
  penaltyNames,
  priors,
  ranges,
  starts,
} from '../src/settings/game-settings.ts'
import { addChange, settingsAt } from '../src/settings/live-settings.ts'
import { formatUrlState, parseUrlState, scenes, speeds } from '../src/settings/url-state.ts'
import { layerNames, maxOpacity, minOpacity, viewNames } from '../src/settings/views.ts'
import { bilinearDefaults, methods } from '../src/zero-sum/settings.ts'

const oneOf = <Name>(names: readonly Name[]) => fc.constantFrom(...names)
const rate = fc.double({ min: 1e-7, max: 100, noNaN: true })
const units = fc.array(fc.integer({ min: 1, max: 512 }), { maxLength: 6 })
const anyGame: fc.Arbitrary<GameSettings> = fc.record({
  data: oneOf(dataNames),
  drawing: fc.oneof(
    fc.array(fc.integer({ min: 0, max: 63 }), { minLength: 64, maxLength: 64 }).map(packHeights),
    fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1600, maxLength: 1600 }).map(packCells),
  ),
  points: fc.stringMatching(/^[\w-]{0,50}$/),
  range: oneOf(ranges),
  latentSize: fc.integer({ min: 1, max: 100 }),
  prior: oneOf(priors),
  generatorHidden: units,
  generatorActivation: oneOf(activations),
  batchNormalization: fc.boolean(),
  discriminatorHidden: units,
  discriminatorActivation: oneOf(activations),
  objective: oneOf(objectiveNames),
  threshold: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  penalty: oneOf(penaltyNames),
  penaltyWeight: fc.double({ min: 1e-6, max: 1e4, noNaN: true }),
  generatorOptimizer: oneOf(optimizers),
  generatorRate: rate,
  discriminatorOptimizer: oneOf(optimizers),
  discriminatorRate: rate,
  discriminatorSteps: fc.integer({ min: 1, max: 50 }),
  generatorSteps: fc.integer({ min: 1, max: 50 }),
  order: oneOf(orders),
  batch: fc.integer({ min: 1, max: 2048 }),
  start: oneOf(starts),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
})
// Other networks than those that were trained can't start with their weights.
const game = anyGame.map(
  (given): GameSettings => (hasTrainedStart(given) ? given : { ...given, start: 'new' }),
)
const layers = fc.dictionary(oneOf(layerNames), fc.integer({ min: minOpacity, max: maxOpacity - 1 }))
const changes = fc
  .uniqueArray(
    fc.record({
      step: fc.integer({ min: 1, max: 10_000_000 }),
      settings: fc
        .record(
          {
            generatorRate: rate,
            discriminatorSteps: fc.integer({ min: 1, max: 50 }),
            objective: oneOf(objectiveNames),
            order: oneOf(orders),
          },
          { requiredKeys: [] },
        )
        .filter(settings => Object.keys(settings).length > 0),
    }),
    { maxLength: 5, selector: ({ step }) => step },
  )
  .map(all => all.sort((a, b) => a.step - b.step))

describe('the state in the address', () => {
  test('comes back as it was', () => {
    const state = fc.record({
      scene: fc.constant('game' as const),
      game,
      changes,
      opacities: layers,
      zeroSum: fc.constant(bilinearDefaults),
      views: fc.record(Object.fromEntries(viewNames.map(name => [name, fc.boolean()]))),
      speed: oneOf(speeds),
      steps: fc.option(fc.integer({ min: 1, max: 10_000_000 }), { nil: undefined }),
      play: fc.boolean(),
      experiment: oneOf([undefined, 'mode-collapse.1']),
      language: fc.option(oneOf(languages), { nil: undefined }),
    })
    fc.assert(
      fc.property(state, given => {
        const parsed = parseUrlState(formatUrlState(given as never))
        expect(parsed.faults).toEqual([])
        expect(parsed.state).toEqual(given)
      }),
      { seed: 20, numRuns: 300 },
    )
  })

  test('of a zero-sum game comes back, too', () => {
    const zeroSum = fc.record({
      method: oneOf(methods),
      rate: fc.double({ min: 0.001, max: 1, noNaN: true }),
      x: fc.double({ min: -2, max: 2, noNaN: true }),
      y: fc.double({ min: -2, max: 2, noNaN: true }),
    })
    fc.assert(
      fc.property(oneOf(scenes.filter(scene => scene !== 'game')), zeroSum, (scene, settings) => {
        const { state } = parseUrlState('')
        // −0 is written as 0.
        const plain = { ...settings, x: settings.x + 0, y: settings.y + 0 }
        const parsed = parseUrlState(formatUrlState({ ...state, scene, zeroSum: plain }))
        expect(parsed.faults).toEqual([])
        expect(parsed.state).toEqual({ ...state, scene, zeroSum: plain })
      }),
      { seed: 21 },
    )
  })

  test('without anything is empty, and the empty one is the ring', () => {
    const { state, faults } = parseUrlState('')
    expect(faults).toEqual([])
    expect(state.game.data).toBe('ring')
    expect(formatUrlState(state)).toBe('')
  })

  test('any text is read, and what nobody understands is named', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), hash => void parseUrlState(`#${hash}`)),
      { seed: 22, numRuns: 500 },
    )
    const { state, faults } = parseUrlState(
      '#data=ring&grate=fast&batch=99999999&g=64-0&play=yes&nonsense=1&on=everything&z=2.5&seed=-1&then=5:z=3&opacity=real.200&start=old',
    )
    expect(faults).toEqual([
      'on=everything',
      'z=2.5',
      'g=64-0',
      'grate=fast',
      'batch=99999999',
      'start=old',
      'seed=-1',
      'then=5:z=3',
      'opacity=real.200',
      'play=yes',
      'nonsense',
    ])
    expect(state).toEqual(parseUrlState('').state)
  })
})

test('networks of other shapes than those that were trained start anew, which is told', () => {
  expect(parseUrlState('#start=trained').state.game.start).toBe('trained')
  const { state, faults } = parseUrlState('#start=trained&z=3')
  expect(state.game.start).toBe('new')
  expect(faults).toEqual(['start=trained'])
})

test('changes of a game hold from their steps on, and a new one replaces those that would follow', () => {
  const { game, changes } = parseUrlState('#then=5:grate=0.01_9:loss=hinge:k=2').state
  expect(settingsAt(game, changes, 4)).toEqual(game)
  expect(settingsAt(game, changes, 5)).toEqual({ ...game, generatorRate: 0.01 })
  expect(settingsAt(game, changes, 100)).toMatchObject({
    generatorRate: 0.01,
    objective: 'hinge',
    discriminatorSteps: 2,
  })
  const added = addChange(changes, { step: 7, settings: { order: 'simultaneous' } })
  expect(added.map(({ step }) => step)).toEqual([5, 7])
  expect(addChange(added, { step: 7, settings: { threshold: 0.3 } }).at(-1)!.settings).toEqual({
    order: 'simultaneous',
    threshold: 0.3,
  })
})

test('hidden layers are read as they are typed', () => {
  expect(parseUnits('64, 64')).toEqual([64, 64])
  expect(parseUnits(' 8×16 ')).toEqual([8, 16])
  expect(parseUnits('')).toEqual([])
  for (const text of ['a', '0', '513', '1.5', '1 2 3 4 5 6 7']) expect(parseUnits(text)).toBeUndefined()
})
