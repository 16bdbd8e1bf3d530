import { allWeights, type Gan, type RandomStream } from '@gankit/core'
import { createObjective, type ObjectiveSettings, objectives } from '@gankit/losses'
import { patchGradients } from '@gankit/runtime'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { adam, algorithm1 } from '../src/index.ts'
import fixture from './fixtures/objectives.json' with { type: 'json' }
import { playUpdate } from './play.ts'
import { tinyGan } from './tiny-gan.ts'

patchGradients()

const roles = ['generator', 'discriminator'] as const
type Weights = Record<(typeof roles)[number], number[][]>

/** PyTorch's order is layer by layer; tfjs puts the statistics, which aren't trained, last. */
function ordered(role: keyof Weights, values: Weights): number[][] {
  if (role === 'discriminator') return values.discriminator
  const [kernel1, gamma, beta, mean, variance, kernel2, bias2] = values.generator
  return [kernel1!, gamma!, beta!, kernel2!, bias2!, mean!, variance!]
}

function ganWith(start: Weights): Gan {
  const gan = tinyGan()
  for (const role of roles)
    for (const [index, variable] of [...allWeights(gan[role]).values()].entries())
      variable.assign(tf.tensor(ordered(role, start)[index]!, variable.shape))
  return gan
}

/** Streams that give prepared numbers: latents are normal, places between samples uniform. */
const prepared = (latents: number[], mixes: number[]) => () =>
  ({
    normal: () => Float32Array.from(latents),
    uniform: () => Float32Array.from(mixes),
  }) as unknown as RandomStream

/** 'non-saturating + r1, gamma 2' */
const titleOf = ({ penalties = [], ...rest }: ObjectiveSettings) =>
  [rest, ...penalties]
    .map(({ name, ...options }) => [name, ...Object.entries(options).map(pair => pair.join(' '))].join(', '))
    .join(' + ')

test('every objective and every penalty is compared', () => {
  const settings = fixture.runs.map(run => run.settings as ObjectiveSettings)
  const played = new Set<string>(settings.map(({ name }) => name))
  expect(played).toEqual(new Set(Object.keys(objectives)))
  const penalised = new Set(settings.flatMap(({ penalties = [] }) => penalties.map(({ name }) => name)))
  expect(penalised).toEqual(new Set(['r1', 'r2', 'gradient-penalty']))
})

for (const { settings, trace, end } of fixture.runs)
  test(`${titleOf(settings as ObjectiveSettings)}: 20 steps give the losses and weights that PyTorch gets`, async () => {
    const gan = ganWith(fixture.start)
    const rule = () => adam({ learningRate: 0.01, epsilon: 1e-3 })
    const objective = createObjective(settings as ObjectiveSettings)
    const optimizers = { generator: rule(), discriminator: rule() }
    const game = algorithm1({ gan, objective, optimizers })
    for (const [step, [lossD, lossG, penalty]] of trace.entries()) {
      const [updateD, updateG] = game.rounds(step).flat()
      const turn = (move: number) => ({
        step,
        batchSize: 8,
        real: tf.tensor2d(fixture.reals[step]![move]!, [8, 2]),
        random: prepared(fixture.latents[step]![move]!, fixture.mixes[step]!),
      })
      const takesReal = updateG!.nextBatches !== undefined
      expect(takesReal).toBe(settings.name.startsWith('relativistic'))
      const d = await playUpdate(game, updateD!, turn(0))
      const { real, ...withoutReal } = turn(1)
      const g = await playUpdate(game, updateG!, takesReal ? { ...withoutReal, real } : withoutReal)
      await expectClose([...d.get('loss')!.dataSync(), ...g.get('loss')!.dataSync()], [lossD!, lossG!], 1e-5)
      const values = (objective.penalties ?? []).flatMap(({ name }) => d.get(name)?.dataSync()[0] ?? [])
      const sum = values.reduce((total, value) => total + value, 0)
      await expectClose(values.length > 0 ? [sum] : [], penalty === null ? [] : [penalty!], 1e-5)
    }
    for (const role of roles)
      for (const [index, variable] of [...allWeights(gan[role]).values()].entries())
        await expectClose(variable, ordered(role, end)[index]!, 1e-5)
  })
