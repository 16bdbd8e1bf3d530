import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Batch, type Dataset, disposeBatch, type Position, type TokenCondition } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { afterAll, describe, expect, test } from 'vitest'
import { captionDataset } from '../../src/captions/caption-dataset.ts'
import { captionGrammars } from '../../src/captions/grammars.ts'
import { heldOutPairs, isHeldOut } from '../../src/captions/held-out.ts'
import { withAttributes } from '../../src/dataset/attributes.ts'
import { fromArrays } from '../../src/dataset/from-arrays.ts'
import { openDataset } from '../../src/node.ts'
import { conformsToDataset } from '../conformance.ts'
import { failureOf } from '../node/scratch.ts'
import { readers } from './readers.ts'

const cacheDir = await mkdtemp(join(tmpdir(), 'captions-'))
const open = (spec: string, captions: string) => openDataset(spec, { size: 8, captions }, { cacheDir })
const [faces, birds] = [await open('cartoon:300', 'both'), await open('birds:300', 'zh')]
afterAll(async () => {
  await Promise.all([faces.close?.(), birds.close?.()])
  await rm(cacheDir, { recursive: true })
})

conformsToDataset('a set of faces with captions', () => open('cartoon:60', 'en'))

/** The captions of a batch as texts, and the values of its samples; disposes of it. */
function readBatch(dataset: Dataset, batch: Batch) {
  const { words, length } = dataset.condition as TokenCondition
  expect(batch.condition!.dtype).toBe('int32')
  const rows = batch.condition!.arraySync() as number[][]
  const { attributes = [] } = dataset
  const values = rows.map((_, row) =>
    Object.fromEntries(
      attributes.map(({ name, values }, i) => [
        name,
        values[batch.attributes![row * attributes.length + i]!]!,
      ]),
    ),
  )
  disposeBatch(batch)
  for (const row of rows) {
    expect(row).toHaveLength(length)
    // Words first, then nothing, and no unknown one.
    expect(row.map(token => Math.min(token, 2)).join('')).toMatch(/^2+0*$/)
  }
  const texts = rows.map(row => row.filter(token => token > 0).map(token => words![token]!))
  return { texts, values }
}

async function readTexts(dataset: Dataset, batches: number, position?: Position) {
  const found: string[][] = []
  for await (const batch of dataset.batches({ size: 50, seed: 3, ...(position && { position }) })) {
    found.push(readBatch(dataset, batch).texts.map(words => words.join(' ')))
    if (found.length === batches) break
  }
  return found
}

describe('captions of drawn pictures', () => {
  test('are tokens of words, with examples to draw from', () => {
    const { kind, length, vocabulary, words, examples } = faces.condition as TokenCondition
    expect([kind, length, vocabulary]).toEqual(['tokens', 32, words!.length])
    expect(words!.slice(0, 2)).toEqual(['', '?'])
    expect(words!.slice(2)).toEqual([...new Set(words!.slice(2))].sort())
    expect(words).toEqual(expect.arrayContaining(['curly', 'sunglasses', '卷', '墨']))
    expect(examples).toHaveLength(64)
    expect(new Set(examples!.map(String)).size).toBeGreaterThan(60)
    expect(
      examples!.every(row => row.length === 32 && row.every(token => token >= 0 && token < vocabulary)),
    ).toBe(true)
  })

  test('say what the sample beside them has, in both languages', async () => {
    const { value } = await faces.batches({ size: 100, seed: 1 }).next()
    const { texts, values } = readBatch(faces, value)
    const languages = texts.map(words => (/\p{Script=Han}/u.test(words[0]!) ? 'zh' : 'en'))
    expect(languages.filter(language => language === 'zh').length).toBeGreaterThan(30)
    expect(languages.filter(language => language === 'en').length).toBeGreaterThan(30)
    for (const [i, words] of texts.entries()) {
      const isEnglish = languages[i] === 'en'
      const named = readers[`faces-${languages[i]}`]!(words.join(isEnglish ? ' ' : ''))
      expect(values[i]).toMatchObject(named)
    }
  })

  test('are drawn anew in every epoch, and the same ones by a run that goes on', async () => {
    const perEpoch = Math.floor(faces.size / 50)
    const all = await readTexts(faces, 2 * perEpoch + 1)
    expect(new Set(all.flat()).size).toBeGreaterThan(0.9 * all.flat().length)
    expect(await readTexts(faces, 2, { epoch: 0, batch: 1 })).toEqual(all.slice(1, 3))
    expect(await readTexts(faces, 2, { epoch: 1, batch: perEpoch - 1 })).toEqual(all.slice(2 * perEpoch - 1))
  })

  test('are those of a selection of samples too, which may lose attributes', async () => {
    const part = withAttributes(faces.select!(Uint32Array.of(5, 6, 7, 8)), ['hair'])
    const [batch] = [(await part.batches({ size: 4, shuffle: false }).next()).value as Batch]
    expect(batch.condition!.shape).toEqual([4, 32])
    expect(batch.attributes).toHaveLength(4)
    disposeBatch(batch)
  })

  test('leave no tensor behind', async () => {
    const before = tf.memory().numTensors
    await readTexts(birds, 3)
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe.each([
  ['faces', faces, 'cartoon:300'],
  ['birds', birds, 'birds:300'],
] as const)('pairs of %s that are held out', (subject, captioned, spec) => {
  test('are of values that there are', async () => {
    const attributes = captioned.attributes!
    for (const pair of heldOutPairs[subject]) {
      expect(Object.keys(pair)).toHaveLength(2)
      for (const [name, value] of Object.entries(pair))
        expect(attributes.find(attribute => attribute.name === name)?.values).toContain(value)
    }
    expect(heldOutPairs[subject].length).toBeGreaterThanOrEqual(6)
  })

  test('are among all pictures, and never among those with captions', async () => {
    const seen = async (dataset: Dataset) => {
      const found: string[] = []
      for await (const batch of dataset.batches({ size: 30, epochs: 2, dropLast: false })) {
        const { attributes = [] } = dataset
        for (let row = 0; row < batch.samples.shape[0]!; row++) {
          const values = attributes.map(({ name, values }, i) => [
            name,
            values[batch.attributes![row * attributes.length + i]!],
          ])
          found.push(...listPairs(Object.fromEntries(values)))
        }
        disposeBatch(batch)
      }
      return found
    }
    const pairs = heldOutPairs[subject]
    const listPairs = (values: Record<string, string>) =>
      pairs
        .filter(pair => Object.keys(pair).every(name => values[name] === pair[name]))
        .map(pair => Object.values(pair).join(' '))
    const everything = await openDataset(spec, { size: 8 }, { cacheDir })
    const left = await seen(everything)
    expect(new Set(left).size).toBeGreaterThanOrEqual(pairs.length / 2)
    expect(await seen(captioned)).toEqual([])
    expect(captioned.size).toBeGreaterThan(0.85 * everything.size)
    await everything.close?.()
  })
})

test('a pair alone is held out, whatever else there is', () => {
  expect(isHeldOut({ hair: 'mohawk', 'hair-color': 'pink', mouth: 'smile' })).toBe(true)
  expect(isHeldOut({ hair: 'mohawk', 'hair-color': 'red' })).toBe(false)
  expect(isHeldOut({ body: 'red', wing: 'blue' })).toBe(true)
})

describe('what has no captions is told so', () => {
  const grammars = [captionGrammars.faces.en]

  test('data without the attributes, or with conditions', async () => {
    const plain = fromArrays({ samples: new Float32Array(12), shape: [2, 2, 1] })
    expect(await failureOf(captionDataset(plain, { grammars }))).toMatch(
      /grammar faces-en speaks of hair, .*and the data have the attributes none/,
    )
    expect(await failureOf(captionDataset(faces, { grammars }))).toContain('has conditions (tokens) already')
    expect(await failureOf(captionDataset(plain, { grammars: [] }))).toContain('grammars is empty')
    expect(await failureOf(captionDataset(plain, { grammars, length: 3 }))).toContain('length is 3')
  })

  test('options that do not go together', async () => {
    const open = (spec: string, options: object) => failureOf(openDataset(spec, options, { cacheDir }))
    expect(await open('cartoon:9', { captions: 'fr' })).toContain("captions is 'fr', expected en, zh, both")
    expect(await open('cartoon:9', { captions: 'en', style: 'toon-head' })).toContain('expected personas')
    expect(await open('cartoon:9', { captions: 'en', drawing: 'edges' })).toContain(
      'expected picture or painted',
    )
    expect(await open('embedded', { captions: 'en' })).toContain("captions is given with 'embedded'")
  })
})

test('short captions say less, and are never cut', async () => {
  const { en } = captionGrammars.birds
  const plain = await openDataset('birds:100', { size: 8 }, { cacheDir })
  const short = await captionDataset(plain, { grammars: [en], length: 16, seed: 4 })
  const { value } = await short.batches({ size: 100 }).next()
  const { texts } = readBatch(short, value)
  // None ends within what is said.
  for (const words of texts) expect(readers['birds-en']!(words.join(' '))).not.toEqual({})
  await plain.close?.()
})
