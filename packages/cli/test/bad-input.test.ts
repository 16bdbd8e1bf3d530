import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { tree } from '@gankit/testkit/scratch'
import { describe, expect, test } from 'vitest'
import { gankit } from './gankit.ts'
import { useProject } from './project.ts'

useProject()

/** An IDX file of unsigned bytes, zeros, with these dimensions. */
const idx = (...shape: number[]) => {
  const size = shape.reduce((a, b) => a * b, 1)
  const bytes = Buffer.alloc(4 + 4 * shape.length + size)
  bytes[2] = 8
  bytes[3] = shape.length
  for (const [i, side] of shape.entries()) bytes.writeUInt32BE(side, 4 + 4 * i)
  return bytes
}
const images = 'train-images-idx3-ubyte'
const labels = 'train-labels-idx1-ubyte'

const refused: [words: string[], line: string][] = [
  [
    ['train', 'no-such-app'],
    "app is 'no-such-app', expected one of: dcgan-mnist, distributions, edges-to-faces, face-generation, mnist-digits, segmentation",
  ],
  [
    ['train'],
    'no app is named, expected one of: dcgan-mnist, distributions, edges-to-faces, face-generation, mnist-digits, segmentation',
  ],
  [
    ['train', 'mnist-digits', '--preset', 'slow'],
    "--preset of mnist-digits is 'slow', expected one of: quick, full, algorithm-1",
  ],
  [['train', 'mnist-digits', '--sped', '3'], "unknown option '--sped'"],
  [['train', 'mnist-digits', 'more'], 'too many arguments'],
  [['trian'], "unknown command 'trian'"],
  [
    ['train', 'mnist-digits', '--backend', 'cuda'],
    "--backend is 'cuda', expected one of: auto, webgpu, tensorflow, wasm, cpu",
  ],
  [['train', 'mnist-digits', '--objective', 'hing'], "--objective is 'hing'"],
  [
    ['train', 'mnist-digits', '--objective', 'hinge', '--label-smoothing', '0.1'],
    "--label-smoothing is given with objective 'hinge', which takes no options: leave it out",
  ],
  [
    ['train', 'mnist-digits', '--label-smoothing', '1'],
    "'1' is invalid. Expected a number from 0 to below 1",
  ],
  [['train', 'mnist-digits', '--checkpoint-every', '0'], "'0' is invalid"],
  [['train', 'mnist-digits', '--best-by', 'fid'], "--best-by names 'fid'"],
  [['train', 'mnist-digits', '--optimizer', 'adagrad'], "--optimizer is 'adagrad'"],
  [['train', 'mnist-digits', '--steps', '0'], "'0' is invalid. Expected a whole number from 1"],
  [['train', 'mnist-digits', '--steps', '-5'], "'-5' is invalid"],
  [['train', 'mnist-digits', '--steps', 'many'], "'many' is invalid"],
  [['train', 'mnist-digits', '--steps', '2.5'], "'2.5' is invalid"],
  [['train', 'mnist-digits', '--steps'], "option '--steps <n>' argument missing"],
  [['train', 'mnist-digits', '--batch', '0'], "'0' is invalid"],
  [['train', 'mnist-digits', '--latent', '-1'], "'-1' is invalid"],
  [['train', 'mnist-digits', '--discriminator-steps', '0'], "'0' is invalid"],
  [['train', 'mnist-digits', '--learning-rate', '0'], "'0' is invalid. Expected a number above 0"],
  [['train', 'mnist-digits', '--learning-rate', 'fast'], "'fast' is invalid"],
  [['train', 'mnist-digits', '--seed', '-1'], "'-1' is invalid"],
  [['train', 'mnist-digits', '--threads', '0'], "'0' is invalid. Expected a whole number from 1 to 8"],
  [['train', 'mnist-digits', '--threads', '10000'], "'10000' is invalid"],
  [
    ['train', 'mnist-digits', '--size', '32'],
    "--size is given with 'embedded', which takes no options: leave it out",
  ],
  [['train', 'mnist-digits', '--data', 'no:such'], "--data is 'no:such', expected one of embedded"],
  [['train', 'mnist-digits', '--conditional', 'hair'], "--conditional is 'hair', expected one of: class"],
  [
    ['train', 'mnist-digits', '--backend', 'wasm', '--precision', 'mixed'],
    "--precision is 'mixed', and backend 'wasm' computes in float32",
  ],
  [['train', 'mnist-digits', '--precision', 'float16'], 'Allowed choices are float32, mixed'],
  [['backends', 'install'], 'missing required argument'],
  [['backends', 'install', 'tensorflow'], 'Allowed choices are native'],
  [['backends', 'install', 'native', '--source', 'cdn'], 'Allowed choices are release, wheel'],
  [['backends', '--threads', 'two'], "'two' is invalid. Expected a whole number from 1 to 8"],
  [['backends', 'sell'], 'too many arguments'],
  [['sample', 'mnist-digits'], 'got neither --out nor --each'],
  [['train', '--resume', 'nothing'], 'nothing does not exist, expected a run directory'],
  [
    ['sample', 'nothing', '--out', 'x.png'],
    'nothing does not exist, expected a run or the beginning of its name',
  ],
  [['sample', '.', '--out', 'x.png'], 'holds neither config.json nor model.json'],
  [['sample', '.', '--out', 'x.jpg'], "'x.jpg' is invalid. Expected a file name that ends in .png"],
  [['sample', '.', '--out', 'x.png', '--count', '0'], "'0' is invalid"],
]

const badData: Record<string, { files: Record<string, Buffer | string>; line: string }> = {
  'is empty': { files: {}, line: 'is empty, expected pictures in it or below it' },
  'holds labels for images': { files: { [images]: idx(5) }, line: 'magic 0x00000801, expected 0x00000803' },
  'holds a wrong magic number': { files: { [images]: Buffer.alloc(20, 7) }, line: 'magic 0x07070707' },
  'is truncated': { files: { [images]: idx(9, 28, 28).subarray(0, 3000) }, line: images },
  'holds a truncated gzip': {
    files: { [`${images}.gz`]: gzipSync(idx(9, 28, 28)).subarray(0, 30) },
    line: `${images}.gz`,
  },
  'holds a corrupted gzip': {
    files: { [`${images}.gz`]: 'no gzip at all, only letters' },
    line: `${images}.gz`,
  },
  'has counts that disagree': { files: { [images]: idx(9, 4, 4), [labels]: idx(8) }, line: '8' },
}

async function expectRefusal(words: readonly string[], line: string): Promise<void> {
  const before = tree('.')
  const { code, out, err } = await gankit(...words)
  expect(err).toContain(line)
  const complaint = err.trimEnd().split('\n').at(-1)!
  expect(complaint).toMatch(/^\[gankit\/[a-z-]+\] /)
  expect(complaint).toContain(line)
  expect(err).not.toMatch(/\n\s+at /)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(tree('.')).toEqual(before)
}

describe('bad input is one line, exit code 2, and nothing written', () => {
  test.each(refused)('gankit %j', (words, line) => expectRefusal(words, line))

  test.each(Object.entries(badData))('a data folder that %s', async (_, { files, line }) => {
    mkdirSync('data')
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join('data', name), bytes)
    await expectRefusal(['train', 'mnist-digits', '--data', 'data'], line)
  })

  test('a data folder that is missing, or a file', async () => {
    await expectRefusal(['train', 'mnist-digits', '--data', 'elsewhere'], 'elsewhere')
    writeFileSync('file', '')
    await expectRefusal(['train', 'mnist-digits', '--data', 'file'], 'file')
  })

  test('an output folder that is a file, is below a file, or is not empty', async () => {
    writeFileSync('file', 'kept')
    for (const out of ['file', 'file/run', '.'])
      await expectRefusal(['train', 'mnist-digits', '--steps', '1', '--out', out], 'file')
  })
})
