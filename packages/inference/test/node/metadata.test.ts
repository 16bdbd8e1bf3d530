import { join } from 'node:path'
import { normalPrior, uniformPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { openGenerator, saveGenerator } from '../../src/node.ts'
import { faces, points } from '../generators.ts'
import { failureOf, scratch } from '../scratch.ts'
import { changeMetadata, saved, trained } from './model-files.ts'

test("a model's own metadata is kept beside the generator's", async () => {
  const generator = points()
  generator.model.setUserDefinedMetadata({ author: 'somebody' })
  const folder = join(scratch(), 'model')
  await saveGenerator(folder, generator)
  const again = await openGenerator(folder)
  expect(again.model.getUserDefinedMetadata()).toEqual({
    author: 'somebody',
    gankit: { version: 2, noise: generator.noise, sampleShape: [2] },
  })
})

test('a model without metadata gets standard normal noise of its size', async () => {
  const folder = await saved(trained(), json => delete json['userDefinedMetadata'] && json)
  const again = await openGenerator(folder)
  expect(again.noise).toEqual({ size: 3, prior: { name: 'normal', mean: 0, std: 1 } })
  expect(again.sampleShape).toEqual([2])
})

test.each<[string, unknown, string]>([
  ['of another size', { size: 4, prior: normalPrior() }, 'names a latent of size 4, expected 3'],
  ['that is null', null, 'names a latent of size undefined, expected 3'],
  ['without a prior', { size: 3 }, 'names a latent prior undefined, expected a normal or a uniform one'],
  ['of an unknown prior', { size: 3, prior: { name: 'cauchy' } }, 'prior {"name":"cauchy"}'],
  ['of half a prior', { size: 3, prior: { name: 'uniform', min: 0 } }, 'prior {"name":"uniform","min":0}'],
])('a latent of version 1 %s is refused', async (_, latent, message) => {
  const folder = await saved(trained(), json => {
    json['userDefinedMetadata'] = { gankit: { latent } }
  })
  expect(await failureOf(openGenerator(folder))).toContain(message)
})

test('version 1 opens without conditions, and says what to do with them', async () => {
  const latent = { size: 3, prior: uniformPrior(-1, 1) }
  const ofVersion1 = (more: object) =>
    saved(trained(), json => {
      json['userDefinedMetadata'] = { gankit: { latent: { ...latent, ...more } } }
    })
  const again = await openGenerator(await ofVersion1({}))
  expect([again.noise, again.condition, again.sampleShape]).toEqual([latent, undefined, [2]])
  const folder = await ofVersion1({ conditions: [{ name: 'glasses', values: ['no', 'yes'] }] })
  expect(await failureOf(openGenerator(folder))).toBe(
    `[gankit/inference] ${join(folder, 'model.json')} is of version 1 with conditions inside its noise, expected version 2, where conditions are an input of their own: train it again with this version of gankit`,
  )
})

const normal = { name: 'normal', mean: 0, std: 1 }
test.each<[string, Record<string, unknown>, string]>([
  [
    'another version',
    { version: 3 },
    'has metadata of version 3, expected version 2: open it with the gankit that wrote it',
  ],
  ['a version of no number', { version: '2' }, 'has metadata of version "2"'],
  ['an unknown name', { color: 'red' }, 'names color, expected no metadata of this name'],
  [
    'noise of another size',
    { noise: { size: 4, prior: normal } },
    'makes [n, 2, 2, 1] of [n, 3] and [n, 5], expected [n, 2, 2, 1] of [n, 4] and [n, 5]',
  ],
  ['no noise', { noise: undefined }, 'of [n, 3] and [n, 5], expected [n, 2, 2, 1] of [n, 5]'],
  ['noise of no prior', { noise: { size: 3 } }, 'names noise.prior undefined, expected'],
  [
    'an empty prior',
    { noise: { size: 3, prior: { name: 'uniform', min: 1, max: 1 } } },
    'names noise.prior.max 1, expected a number above min (1)',
  ],
  [
    'an unknown prior',
    { noise: { size: 3, prior: { name: 'cauchy\nwith a second line' } } },
    'names noise.prior.name "cauchy with a second line", expected',
  ],
  ['half a number', { noise: { size: 2.5, prior: normal } }, 'names noise.size 2.5, expected a whole number'],
  ['an unknown condition', { condition: { kind: 'smell' } }, 'names condition.kind "smell", expected'],
  [
    'attributes without values',
    { condition: { kind: 'categories', attributes: [{ name: 'a', values: ['x'] }] } },
    'names condition.attributes.0.values 1, expected at least 2',
  ],
  [
    'an attribute twice',
    {
      condition: {
        kind: 'categories',
        attributes: [
          { name: 'a', values: ['x', 'y'] },
          { name: 'a', values: ['x', 'y', 'z'] },
        ],
      },
    },
    "names attribute 'a' twice",
  ],
  [
    'a value twice',
    { condition: { kind: 'categories', attributes: [{ name: 'a', values: ['x', 'y', 'z', 'x', 'w'] }] } },
    "names value 'x' of a twice",
  ],
  [
    'shares of another count',
    { condition: { kind: 'categories', attributes: [{ name: 'a', values: ['x', 'y'], shares: [1] }] } },
    'expected as many shares as values',
  ],
  ['an image of fewer sides', { condition: { kind: 'image', shape: [4, 4] } }, 'names condition.shape'],
  ['no shape of a sample', { sampleShape: undefined }, 'names sampleShape undefined, expected'],
  ['a shape without sides', { sampleShape: [] }, 'names sampleShape 0, expected at least 1'],
  [
    'a sequence of noise',
    { output: { kind: 'sequence', length: 3, vocabulary: 4, start: 0 } },
    'names noise of a sequence generator, expected none',
  ],
  ['an unknown output', { output: { kind: 'sound' } }, 'names output.kind "sound", expected'],
])('metadata with %s are refused in one line', async (_, change, message) => {
  const folder = await saved(faces(), changeMetadata(change))
  const said = await failureOf(openGenerator(folder))
  expect(said).toContain(`[gankit/inference] ${join(folder, 'model.json')} `)
  expect(said).toContain(message)
})

test.each([null, 5, 'text', [], {}].map(gankit => [JSON.stringify(gankit), gankit]))(
  'metadata %s are refused',
  async (_, gankit) => {
    const folder = await saved(points(), json => {
      json['userDefinedMetadata'] = { gankit }
    })
    expect(await failureOf(openGenerator(folder))).toContain(
      'expected the metadata of a generator, version 2',
    )
  },
)
