import { existsSync, readFileSync } from 'node:fs'
import { encodeWords, normalPrior } from '@gankit/core'
import { drawNoise, findCaptions } from '@gankit/inference'
import { openGenerator } from '@gankit/inference/node'
import { samplePictures } from '@gankit/visualization'
import * as tf from '@tensorflow/tfjs'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectPlain } from '../flags/plain-words.ts'
import { gankit, refusal } from '../gankit.ts'
import { useProject } from '../project.ts'
import { saveTinyGenerator } from '../tiny-generator.ts'
import { faceCaptions, saveTinyCaptions, writeCaptionsApp } from './tiny-captions.ts'

useProject('shared')
const app = './captions-app'
beforeAll(async () => {
  await saveTinyCaptions('model', faceCaptions)
  await saveTinyGenerator('noise', normalPrior())
  await writeCaptionsApp(app)
})

async function draw(...words: string[]): Promise<{ out: string; err: string }> {
  const { code, out, err } = await gankit('draw', ...words)
  expect(code, err).toBe(0)
  return { out, err }
}

/** Levels of a tile of a grid whose tiles have each pixel twice, 2 pixels apart. */
async function readTile(file: string | Buffer, row = 0, column = 0): Promise<number[]> {
  const place = { left: column * 34, top: row * 34, width: 32, height: 32 }
  return [
    ...(await sharp(file)
      .removeAlpha()
      .extract(place)
      .resize(16, 16, { kernel: 'nearest' })
      .raw()
      .toBuffer()),
  ]
}

/** What the network makes of a caption and the first noise of a seed, by plain TensorFlow.js. */
async function pictureOf(caption: string, seed: number, at = 0): Promise<number[]> {
  const generator = await openGenerator('model')
  const { words, length } = findCaptions(generator)!
  const size = generator.noise!.size
  const noise = drawNoise(generator, at + 1, seed).slice(at * size)
  const made = tf.tidy(() => {
    const tokens = tf.tensor2d(encodeWords(words, length, caption).tokens, [1, length], 'int32')
    return (generator.model.predict([tf.tensor2d(noise, [1, size]), tokens]) as tf.Tensor).dataSync()
  })
  generator.dispose()
  const [picture] = samplePictures({ samples: made as Float32Array, sampleShape: [16, 16, 3] })
  return [...picture!.data]
}

const furthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((level, i) => Math.abs(level - b[i]!)))

test('draws what the network makes of a caption, each drawing of other noise', async () => {
  const { out, err } = await draw('Curly red HAIR!', 'model', '--count', '3', '--seed', '4', '--out', 'x.png')
  expect(out).toBe("3 drawings of 'Curly red HAIR!' by model, seed 4: x.png\n")
  expect(err).toBe('')
  const first = await pictureOf('curly red hair', 4)
  expect(furthest(await readTile('x.png'), first)).toBeLessThanOrEqual(1)
  expect(
    furthest(await readTile('x.png', 0, 1), await pictureOf('curly red hair', 4, 1)),
  ).toBeLessThanOrEqual(1)
  // Other noise and other words draw another picture.
  expect(furthest(await readTile('x.png', 0, 1), first)).toBeGreaterThan(10)
  expect(furthest(await pictureOf('bald', 4), first)).toBeGreaterThan(10)
  await draw('戴墨镜的红发', 'model', '--count', '1', '--out', 'one.png')
  expect(await sharp('one.png').metadata()).toMatchObject({ width: 32, height: 32 })
  await draw('bald', 'model', '--out', 'usual.png')
  expect(await sharp('usual.png').metadata()).toMatchObject({ width: 3 * 34 - 2, height: 3 * 34 - 2 })
})

test('words that it has never seen are named in one line, with some that it knows', async () => {
  const { out, err } = await draw('red hair and a sombrero, 草帽', 'model', '--count', '1', '--out', 'x.png')
  expect(out).toContain('1 drawing of')
  expect(err).toMatch(
    /^Warning {2}model has never seen 'sombrero' and '草', and draws the caption without; it knows words such as and, bald, .* \('npx gankit draw --words model' lists all\); the caption has 7 words, and model reads the first 6\n$/,
  )
  expect((await draw('红帽子', 'model', '--count', '1', '--out', 'x.png')).err).toMatch(
    /has never seen '帽' and '子', and draws .* it knows words such as .*墨/,
  )
  const many = await draw(`red ${'tree '.repeat(10_000)}`, 'model', '--count', '1', '--out', 'x.png')
  expect(many.err.split('\n')).toHaveLength(2)
  expect(many.err).toContain('the caption has 10,001 words, and model reads the first 6')
})

describe('refused, with nothing written', () => {
  test.each<[what: string, words: string[], message: RegExp]>([
    [
      'no words',
      ['?!', 'model'],
      /the caption is '\?!', which has no words, expected words such as and, bald/,
    ],
    [
      'another script',
      ['рыжие волосы', 'model'],
      /the caption is 'рыжие волосы', and model knows none of its words, expected words such as .*, as in 'curly red hair and round glasses': 'npx gankit draw --words model' lists all 16$/,
    ],
    [
      'Chinese that it lacks',
      ['草帽', 'model'],
      /knows none of its words, expected words such as .*as in '戴墨镜的红发': /,
    ],
    ['ten thousand unknown words', ['tree '.repeat(10_000), 'model'], /^.{0,400}$/],
    ['an unknown second caption', ['red', 'model', '--to', 'трава'], /--to is 'трава', and model knows none/],
    ['an empty caption', ['', 'model'], /Expected a text that is not empty/],
    [
      'a generator of noise',
      ['red', 'noise'],
      /the generator of noise takes no captions, expected one that learned/,
    ],
    ['frames of one caption', ['red', 'model', '--frames', '5'], /--frames is 5, and there is one caption/],
  ])('%s', async (_, words, message) => {
    const line = await refusal('draw', ...words, '--out', 'none.png')
    expect(line).toMatch(message)
    expectPlain(line, line)
    expect(existsSync('none.png')).toBe(false)
  })

  test('nowhere to write to, an animation of one caption, and no caption', async () => {
    expect(await refusal('draw', 'red', 'model')).toContain('got no --out, expected a file')
    expect(await refusal('draw', 'red', 'model', '--out', 'x.gif')).toContain(
      'expected --to with another caption',
    )
    expect(await refusal('draw', '--out', 'x.png')).toContain('got no caption, expected what is to be drawn')
  })
})

test('of an app, the generator draws that knows most of the words', async () => {
  const birds = await draw('this bird is red with black wings', app, '--count', '1', '--out', 'x.png')
  expect(birds).toEqual({
    out: `1 drawing of 'this bird is red with black wings' by birds of ${app}, seed 0: x.png\n`,
    err: `Warning  the caption has 7 words, and birds of ${app} reads the first 6\n`,
  })
  expect((await draw('red hair', app, '--count', '1', '--out', 'x.png')).out).toContain(`by faces of ${app}`)
  // Of as many known words the usual one.
  expect((await draw('red', app, '--count', '1', '--out', 'x.png')).out).toContain(`by faces of ${app}`)
  const chosen = await draw('red', app, '--generator', 'birds', '--count', '1', '--out', 'x.png')
  expect(chosen.out).toContain(`by birds of ${app}`)
})

test('--words lists what generators know', async () => {
  expect((await draw('--words', app, '--generator', 'birds')).out).toBe(
    `11 words of birds of ${app}:\nbird black is red this wings with\n小 红 色 鸟\n`,
  )
  const both = (await draw('--words', app)).out
  expect(both).toContain(`16 words of faces of ${app}:\na and bald`)
  expect(both).toContain(`\n\n11 words of birds of ${app}:\n`)
  expect((await draw('red', 'model', '--words')).out).toMatch(/^16 words of model:\n/)
})

test('between two captions: each row from the drawing of the one to that of the other', async () => {
  const { out } = await draw(
    ...[
      'bald',
      'model',
      '--to',
      'red glasses',
      '--count',
      '2',
      '--frames',
      '3',
      '--seed',
      '1',
      '--out',
      'way.png',
    ],
  )
  expect(out).toBe("2 rows of 3 drawings from 'bald' to 'red glasses' by model, seed 1: way.png\n")
  expect(await sharp('way.png').metadata()).toMatchObject({ width: 3 * 34 - 2, height: 2 * 34 - 2 })
  for (const row of [0, 1])
    for (const [column, caption] of [
      [0, 'bald'],
      [2, 'red glasses'],
    ] as const)
      expect(
        furthest(await readTile('way.png', row, column), await pictureOf(caption, 1, row)),
      ).toBeLessThanOrEqual(1)
  const middle = await readTile('way.png', 0, 1)
  for (const caption of ['bald', 'red glasses'])
    expect(furthest(middle, await pictureOf(caption, 1))).toBeGreaterThan(3)
  await draw('bald', 'model', '--to', 'red', '--count', '1', '--frames', '5', '--out', 'way.gif')
  expect(await sharp('way.gif', { animated: true }).metadata()).toMatchObject({ pages: 8, loop: 0 })
})

test('samples are drawn of captions that it learned from, and say which', async () => {
  const { code, out } = await gankit(
    ...['sample', 'model', '--count', '20', '--seed', '3', '--out', 'grid.png', '--each', 'each'],
  )
  expect(code).toBe(0)
  const listed = readFileSync('each/captions.tsv', 'utf8').trimEnd().split('\n')
  expect(listed).toHaveLength(20)
  const [file, caption] = listed[4]!.split('\t') as [string, string]
  expect([file, faceCaptions]).toEqual(['0004.png', expect.arrayContaining([caption])])
  expect(out).toContain(` 4  ${caption}\n`)
  expect(out).toContain('… and 4 more captions: --each FOLDER writes all\n')
  const levels = [...(await sharp('each/0004.png').removeAlpha().raw().toBuffer())]
  expect(furthest(levels, await pictureOf(caption, 3, 4))).toBeLessThanOrEqual(1)
})

test('walks and arithmetic go along embedded captions', async () => {
  const walk = await gankit(
    'walk',
    'model',
    '--count',
    '2',
    '--stops',
    '2',
    '--frames',
    '4',
    '--out',
    'walk.png',
  )
  expect(walk.code, walk.err).toBe(0)
  const tiles = await Promise.all([0, 1, 2, 3, 4].map(column => readTile('walk.png', 0, column)))
  // No step is as large as the whole way: captions don't change at once.
  const steps = tiles.slice(1).map((tile, i) => meanAway(tile, tiles[i]!))
  expect(Math.max(...steps)).toBeLessThan(meanAway(tiles[0]!, tiles[4]!))
  const sum = await gankit('arithmetic', 'model', '--a', '0,1', '--b', '2', '--c', '3', '--out', 'sum.png')
  expect(sum.code, sum.err).toBe(0)
})

const meanAway = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, level, i) => sum + Math.abs(level - b[i]!), 0) / a.length
