import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { saveGenerator } from '@gankit/inference/node'
import * as tf from '@tensorflow/tfjs'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { gankit, refusal } from './gankit.ts'
import { useProject } from './project.ts'
import { saveTinyGenerator } from './tiny-generator.ts'

useProject('shared')

/** A generator that inverts colors, made of a convolution of side 1; with `pooled` it has seen its input squeezed to 2×2 pixels. */
async function saveInverter(folder: string, side: number, pooled = false): Promise<void> {
  await tf.setBackend('cpu')
  const input = tf.input({ shape: [side, side, 3] })
  const convolution = tf.layers.conv2d({ filters: 3, kernelSize: 1, useBias: false })
  let x = convolution.apply(input) as tf.SymbolicTensor
  tf.tidy(() => convolution.setWeights([tf.eye(3).neg().reshape([1, 1, 3, 3])]))
  if (pooled) {
    const factor = side / 2
    x = tf.layers.averagePooling2d({ poolSize: factor, strides: factor }).apply(x) as tf.SymbolicTensor
    x = tf.layers.upSampling2d({ size: [factor, factor] }).apply(x) as tf.SymbolicTensor
  }
  const model = tf.model({ inputs: input, outputs: x })
  await saveGenerator(folder, {
    model,
    condition: { kind: 'image', shape: [side, side, 3] },
    sampleShape: [side, side, 3],
  })
  model.dispose()
}

const writePicture = (
  file: string,
  width: number,
  height: number,
  color: { r: number; g: number; b: number },
) =>
  sharp({ create: { width, height, channels: 3, background: color } })
    .png()
    .toFile(file)

beforeAll(async () => {
  await saveInverter('inverter', 16)
  await saveInverter('squeezer', 16, true)
  await saveTinyGenerator('noise', { name: 'normal', mean: 0, std: 1 })
  mkdirSync('mine')
  await writePicture('mine/a.png', 50, 23, { r: 255, g: 0, b: 100 })
  await writePicture('mine/b.png', 16, 16, { r: 0, g: 40, b: 255 })
  writeFileSync('mine/broken.png', 'no picture')
})

async function colorOf(file: string): Promise<[size: string, r: number, g: number, b: number]> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels
  return [`${info.width}×${info.height}`, data[at]!, data[at + 1]!, data[at + 2]!]
}

test('a picture of another size goes through in tiles, and keeps its size', async () => {
  const { code, out, err } = await gankit('translate', 'inverter', 'mine/a.png', '--out', 'one.png')
  expect(code, err).toBe(0)
  expect(out).toContain('1 picture by inverter, in tiles of 16×16: one.png')
  expect(await colorOf('one.png')).toEqual(['50×23', 0, 255, 155])
})

test('a generator that sees its input as a whole gets it squeezed; what comes out has the size of what went in', async () => {
  const { out } = await gankit('translate', 'squeezer', 'mine/a.png', '--out', 'whole.png')
  expect(out).toContain('1 picture by squeezer, each seen whole, at 16×16: whole.png')
  expect(await colorOf('whole.png')).toEqual(['50×23', 0, 255, 155])
  const tiled = await gankit('translate', 'squeezer', 'mine/a.png', '--out', 'tiled.png', '--by', 'tiles')
  expect(tiled.out).toContain('in tiles of 16×16')
})

test('of a folder each picture is written under its name; what is no picture is named, and told by the exit code', async () => {
  const { code, out, err } = await gankit('translate', 'inverter', 'mine', 'mine/b.png', '--out', 'all')
  expect(code).toBe(2)
  expect(out).toContain('3 pictures by inverter')
  expect(err.trimEnd()).toMatch(
    /^\[gankit\/cli\] 1 file gave no picture \(broken\.png .*\), expected pictures alone: the other 3 are written$/,
  )
  expect(readdirSync('all').sort()).toEqual(['a.png', 'b-2.png', 'b.png'])
  expect(await colorOf('all/b.png')).toEqual(['16×16', 255, 215, 0])
})

test('names are cut where a file system has no room for them, and differ by more than their capital letters', async () => {
  const long = '脸'.repeat(60)
  mkdirSync(`deep/${long}/${long}`, { recursive: true })
  for (const name of ['x-b', 'b', 'B', `${long}/${long}/a`, `${long}/${long}/c`])
    await writePicture(`deep/${name}.png`, 16, 16, { r: 9, g: 9, b: 9 })
  const { code, err } = await gankit('translate', 'inverter', 'deep', '--out', 'named')
  expect(code, err).toBe(0)
  const cut = `${long}-脸脸脸脸脸脸`
  expect(readdirSync('named').sort()).toEqual(
    ['B.png', 'b-2.png', 'x-b.png', `${cut}.png`, `${cut}-2.png`].sort(),
  )
})

test('a log says how far a large picture is', async () => {
  await writePicture('large.png', 80, 32, { r: 1, g: 2, b: 3 })
  const { err } = await gankit('translate', 'inverter', 'large.png', '--out', 'l.png', '--overlap', '15')
  const lines = err.trimEnd().split('\n')
  expect(lines[0]).toBe('Picture 1, 16 of 1,105 tiles')
  expect(lines.at(-1)).toBe('Picture 1, 1,105 of 1,105 tiles')
  expect(lines).toHaveLength(11)
  const small = await gankit('translate', 'inverter', 'mine/a.png', '--out', 's.png')
  expect(small.err).toBe('')
})

test.each<[words: string[], message: string]>([
  [
    ['inverter', 'mine/a.png', '--out', 'x.jpg'],
    "--out is 'x.jpg', a file name that ends in .jpg, expected a .png file for one picture, or a new or empty folder",
  ],
  [
    ['noise', 'mine/a.png', '--out', 'x.png'],
    'the generator starts from noise, expected one that turns pictures into pictures',
  ],
  [
    ['inverter', 'mine/a.png', '--out', 'x.png', '--seed', '0'],
    '--seed is 0, and the generator of inverter has no noise: it makes the same of a picture each time; leave it out',
  ],
  [['inverter', 'mine/broken.png', '--out', 'x.png'], '1 file gave no picture (broken.png '],
  [['inverter', 'nowhere', '--out', 'x.png'], 'nowhere does not exist'],
  [
    ['inverter', 'mine', '--out', 'x.png'],
    '--out is x.png, and there are several pictures, expected a folder',
  ],
  [
    ['inverter', 'mine/a.png', '--out', 'x.png', '--by', 'whole', '--overlap', '3'],
    '--overlap is given with --by whole',
  ],
  [
    ['inverter', 'mine/a.png', '--out', 'x.png', '--overlap', '16'],
    'overlap is 16, expected less than the side of a tile',
  ],
  [
    ['inverter', 'mine/a.png', '--out', 'mine'],
    "--out is 'mine', which holds 'a.png', expected a new or empty folder",
  ],
])('%j is refused', async (words, message) => {
  expect(await refusal('translate', ...words)).toContain(message)
  if (!words.includes('mine')) expect(existsSync(words[3]!)).toBe(false)
})
