import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { unpairedImages } from '../../../src/node/pairs/unpaired-images.ts'
import { openDataset } from '../../../src/node.ts'
import { conformsToDataset } from '../../conformance.ts'
import { png } from '../images/make-picture.ts'
import { pixelsOf } from '../pixels-of.ts'
import { failureOf } from '../scratch.ts'
import { flat } from './make-pairs.ts'

const home = await mkdtemp(join(tmpdir(), 'gankit-pairs-'))
afterAll(() => rm(home, { recursive: true }))
let made = 0
/** The path of a new folder, which isn't there yet. */
const scratch = () => join(home, String(made++))

const folder = join(scratch(), 'photo2painting')
for (const [name, count] of [
  ['trainA', 11],
  ['trainB', 6],
  ['testA', 2],
] as const) {
  await mkdir(join(folder, name, 'more'), { recursive: true })
  for (let i = 0; i < count; i++)
    await writeFile(join(folder, name, i % 2 ? 'more' : '.', `${i}.png`), await png(12, 12, i))
}
conformsToDataset('the pictures of one of two sides', () =>
  unpairedImages(folder, { size: 8, side: 'a', cacheDir: scratch() }),
)

test('each side has its own pictures, as many as there are', async () => {
  const context = { cacheDir: scratch() }
  const a = await openDataset(`unpaired:${folder}`, { size: 12, side: 'a' }, context)
  const b = await openDataset(`unpaired:${folder}`, { size: 12, side: 'b' }, context)
  expect([a.size, b.size]).toEqual([11, 6])
  await writeFile(join(folder, 'trainB', 'white.png'), await flat(12, 12, [255, 255, 255]))
  const more = await openDataset(`unpaired:${folder}`, { size: 12, side: 'b' }, context)
  expect((await pixelsOf(more)).filter(pixels => pixels.every(level => level === 255))).toHaveLength(1)
  await Promise.all([a, b, more].map(dataset => dataset.close?.()))
})

test('a side has to be named, and to be there', async () => {
  expect(await failureOf(unpairedImages(folder, { size: 8 }))).toContain(
    "side is missing, expected a or b, as pictures of the two sides don't belong together: choose one (--side a)",
  )
  expect(await failureOf(unpairedImages(join(folder, 'testA'), { side: 'b' }))).toContain(
    'testA has no folders A and B, nor trainA and trainB',
  )
})
