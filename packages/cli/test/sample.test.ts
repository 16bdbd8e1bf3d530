import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { normalPrior } from '@gankit/core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gankit, refusal } from './gankit.ts'
import { saveTinyGenerator } from './tiny-generator.ts'

const folder = mkdtempSync(join(tmpdir(), 'gankit-sample-'))
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  await saveTinyGenerator(at('model'), normalPrior(), 3)
  mkdirSync(at('taken'))
  writeFileSync(at('taken/notes.txt'), 'mine')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('--each writes every sample at its own size, the same pixels as in the grid', async () => {
  const { code, out } = await gankit(
    ...['sample', at('model'), '--count', '5', '--seed', '2', '--each', at('each'), '--out', at('grid.png')],
  )
  expect(code).toBe(0)
  expect(out).toContain('5 samples of')
  expect(readdirSync(at('each'))).toEqual(['0000.png', '0001.png', '0002.png', '0003.png', '0004.png'])
  const pixels = async (file: string, place?: { left: number; top: number }) => {
    const picture = sharp(readFileSync(file))
    // A tile of the grid has each pixel twice in both directions.
    const tile = place
      ? picture.extract({ ...place, width: 8, height: 8 }).resize(4, 4, { kernel: 'nearest' })
      : picture
    const { data, info } = await tile.raw().toBuffer({ resolveWithObject: true })
    return { data: [...data], size: [info.width, info.height, info.channels] }
  }
  const fifth = await pixels(at('each/0004.png'))
  expect(fifth.size).toEqual([4, 4, 3])
  expect(fifth).toEqual(await pixels(at('grid.png'), { left: 10, top: 10 }))
})

test('a place that is taken, and nowhere to write to, are refused before anything is drawn', async () => {
  expect(await refusal('sample', at('model'), '--each', at('taken'))).toContain(
    "holds 'notes.txt', expected a new or empty folder",
  )
  expect(await refusal('sample', at('model'))).toContain('got neither --out nor --each')
})
