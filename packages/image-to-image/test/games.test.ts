import { readFileSync } from 'node:fs'
import type { Gan } from '@gankit/core'
import { l1, leastSquares, nonSaturating } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { sgd } from '@gankit/trainer'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  cut,
  cycleGan,
  patchDiscriminator,
  pix2pix,
  projectionHeads,
  resnetGenerator,
  srResnet,
  uNet,
} from '../src/index.ts'
import { picture, setSines } from './sines.ts'
import { always, drawInFixedOrder, expectSums, take } from './steps.ts'

beforeAll(() => selectBackend())

const steps = JSON.parse(readFileSync(new URL('fixtures/steps.json', import.meta.url), 'utf8'))
const colors = (side: number): [number, number, number] => [side, side, 3]

const judge = (of: string, conditionShape?: [number, number, number]) => {
  const network = patchDiscriminator({
    inputShape: colors(16),
    base: 2,
    patch: 34,
    ...(conditionShape && { conditionShape }),
  })
  setSines(network, of)
  return network
}
const optimizers = () => ({
  generator: sgd({ learningRate: 0.1 }),
  discriminator: sgd({ learningRate: 0.1 }),
})
const imageCondition = (side: number) => ({ kind: 'image', shape: colors(side) }) as const

describe('one step is that of PyTorch', () => {
  test('pix2pix', async () => {
    const generator = uNet({ inputShape: colors(16), base: 2 })
    setSines(generator, 'generator')
    const discriminator = judge('discriminator', colors(16))
    const gan: Gan = { generator, discriminator, condition: imageCondition(16), sampleShape: colors(16) }
    const objective = { ...nonSaturating(), terms: [l1()] }
    const [scalars] = await take(
      pix2pix({ gan, objective, optimizers: optimizers() }),
      {
        input: always(() => picture('input', [2, 16, 16, 3])),
        target: always(() => picture('target', [2, 16, 16, 3])),
      },
      1,
    )
    const { losses, ...weights } = steps.pix2pix
    const got = ['discriminator/loss', 'generator/adversarial', 'generator/l1'].map(
      name => scalars!.get(name)!,
    )
    for (const [i, loss] of losses.entries()) expect(got[i]).toBeCloseTo(loss, 4)
    expectSums(discriminator, weights.discriminator)
    expectSums(generator, weights.generator)
  })

  test('CycleGAN', async () => {
    const translate = (name: string) => {
      const network = resnetGenerator({ inputShape: colors(16), base: 2, blocks: 2 })
      setSines(network, name)
      return network
    }
    const generators = [translate('a-to-b'), translate('b-to-a')] as const
    const discriminators = [judge('judge-a'), judge('judge-b')] as const
    const rate = () => sgd({ learningRate: 0.1 })
    const game = cycleGan({
      sides: ['a', 'b'],
      generators,
      discriminators,
      objective: leastSquares(),
      optimizers: { generators: rate(), discriminators: [rate(), rate()] },
    })
    const data = Object.fromEntries(
      ['a', 'b'].map(side => [side, always(() => picture(side, [2, 16, 16, 3]))]),
    )
    const [scalars] = await take(game, data, 1)
    const { losses, generators: made, discriminators: judged } = steps['cycle-gan']
    const names = [
      'generators/adversarial',
      'generators/cycle',
      'generators/identity',
      'judge-a/loss',
      'judge-b/loss',
    ]
    for (const [i, name] of names.entries()) expect(scalars!.get(name), name).toBeCloseTo(losses[i], 4)
    expectSums(generators[0], made.b)
    expectSums(generators[1], made.a)
    expectSums(discriminators[0], judged.a)
    expectSums(discriminators[1], judged.b)
  })

  test('CUT', async () => {
    const generator = resnetGenerator({ inputShape: colors(16), base: 2, blocks: 2 })
    setSines(generator, 'generator')
    const heads = projectionHeads({ generator, size: 8 })
    for (const [layer, head] of Object.entries(heads)) setSines(head, `head-${layer}`)
    const discriminator = judge('discriminator')
    const game = cut({
      sides: ['a', 'b'],
      generator,
      discriminator,
      heads,
      objective: leastSquares(),
      optimizers: { ...optimizers(), generator: sgd({ learningRate: 0.001 }) },
      contrastWeight: 0.25,
      identityWeight: 0.5,
      // Of 256, 64, and 16 at the other levels.
      places: 20,
    })
    const data = Object.fromEntries(
      ['a', 'b'].map(side => [side, always(() => picture(side, [2, 16, 16, 3]))]),
    )
    const [scalars] = await take(drawInFixedOrder(game), data, 1)
    const { losses, heads: projecting, ...weights } = steps.cut
    const names = ['generator/adversarial', 'generator/contrast', 'generator/identity', 'discriminator/loss']
    for (const [i, name] of names.entries())
      expect(Math.abs(scalars!.get(name)! / losses[i] - 1), name).toBeLessThan(1e-5)
    expectSums(generator, weights.generator)
    expectSums(discriminator, weights.discriminator)
    expect(Object.keys(heads)).toEqual(Object.keys(projecting))
    for (const [layer, head] of Object.entries(heads)) expectSums(head, projecting[layer])
  })

  test('super-resolution: by content alone, then against a discriminator that sees no input', async () => {
    const generator = srResnet({ inputShape: colors(4), base: 4, blocks: 2 })
    setSines(generator, 'generator')
    const discriminator = judge('discriminator')
    const gan: Gan = { generator, discriminator, condition: imageCondition(4), sampleShape: colors(16) }
    const game = pix2pix({
      gan,
      objective: { ...nonSaturating(), terms: [l1({ weight: 10 })] },
      optimizers: optimizers(),
      streams: { input: 'low', target: 'high' },
      content: { steps: 1, terms: [l1({ weight: 1 })] },
    })
    const data = {
      low: always(() => picture('input', [2, 4, 4, 3])),
      high: always(() => picture('target', [2, 16, 16, 3])),
    }
    const [first, second] = await take(game, data, 2)
    const { losses, ...weights } = steps['super-resolution']
    // A player that had no turn has no loss.
    expect(first!.get('discriminator/loss') ?? Number.NaN).toBeNaN()
    const got = [
      first!.get('generator/l1'),
      ...['discriminator/loss', 'generator/adversarial', 'generator/l1'].map(name => second!.get(name)),
    ]
    for (const [i, loss] of losses.entries()) expect(got[i]).toBeCloseTo(loss, 4)
    expectSums(discriminator, weights.discriminator)
    expectSums(generator, weights.generator)
  })
})
