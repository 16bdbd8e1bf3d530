import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { splitPairs } from '@gankit/experiment'
import { decodePng, encodePng } from '@gankit/visualization'
import { beforeAll, expect, test } from 'vitest'
import { gankit, refusal } from '../gankit.ts'
import { useProject } from '../project.ts'
import { levelOf, writePairs } from './write-pairs.ts'

// A page to draw on has inputs to start from, and tools for what they look like.
useProject('shared')

const count = 40

beforeAll(async () => {
  writePairs('pairs', count)
  const data = ['--data', 'input=pairs/input', '--data', 'target=pairs/target']
  const { code, err } = await gankit(
    ...['train', 'tiny-pairs', ...data, '--backend', 'cpu', '--seed', '1', '--out', 'run'],
  )
  expect(code, err).toBe(0)
  const squares = (name: string, color: (at: number) => number[]) => {
    mkdirSync(name)
    for (let i = 0; i < 10; i++) {
      const data = Uint8Array.from(Array.from({ length: 64 }, (_, at) => color(at + i)).flat())
      writeFileSync(`${name}/${i}.png`, encodePng({ width: 8, height: 8, channels: 3, data }))
    }
  }
  squares('chalk', at => (at % 5 === 0 ? [255, 255, 255] : [0, 0, 0]))
  squares('ink', at => (at % 5 === 0 ? [20, 20, 22] : [255, 255, 255]))
  squares('noise', at => [at, at, at])
  mkdirSync('empty')
  mkdirSync('mixed')
  copyFileSync('ink/0.png', 'mixed/b.png')
  writeFileSync('mixed/a.png', 'no picture')
})

/** Exports a page. @returns what its scripts read, and what was printed */
async function exported(...words: string[]) {
  const { code, out, err } = await gankit('export', 'run', '--to', 'html', '--out', 'page.html', ...words)
  expect(code, err).toBe(0)
  const html = readFileSync('page.html', 'utf8')
  const [, json] = /id="generator-data">(.*?)<\/script>/.exec(html)!
  const { input, examples, inputShape } = JSON.parse(json!)
  return { html, input, examples: examples as string[], inputShape, out, err }
}

test('a run gives inputs that were held out, and says nothing of where they are', async () => {
  const { html, input, examples, inputShape, out } = await exported()
  expect(inputShape).toEqual([8, 8, 1])
  const levels = [...splitPairs(count)!.test].map(i => levelOf(i, count)).sort((a, b) => a - b)
  const shown = examples.map(png => decodePng(Buffer.from(png, 'base64')).data[0]!)
  expect(shown.sort((a, b) => a - b)).toEqual(levels)
  expect(input.kind).toBe('labels')
  expect(html).toContain('<dt data-text="data"></dt><dd>folder</dd>')
  expect(html).not.toContain(`${process.cwd()}`)
  expect(out).toContain(
    'A page to paint labels on, with 2 inputs to start from, which opens from disk: page.html',
  )
})

test.each([
  ['chalk', { kind: 'lines', ink: [255, 255, 255], paper: [0, 0, 0] }, 'A page to draw on'],
  ['ink', { kind: 'lines', ink: [0, 0, 0], paper: [255, 255, 255] }, 'A page to draw on'],
  ['noise', { kind: 'pictures' }, 'A page for pictures of your own'],
])('pictures of a folder are taken for what they look like: %s', async (folder, kind, words) => {
  const { input, examples, out } = await exported('--examples', folder)
  expect(input).toEqual(kind)
  expect(out).toContain(`${words}, with 8 inputs to start from`)
  expect(decodePng(Buffer.from(examples[0]!, 'base64'))).toMatchObject({ width: 8, height: 8 })
})

test('what is no picture among the examples is named', async () => {
  const { examples, err } = await exported('--examples', 'mixed')
  expect(examples).toHaveLength(1)
  expect(err).toMatch(/^Warning {2}1 file gave no picture \(a\.png is no JPEG.*\)$/m)
})

test('none are there where none are wanted, and a warning tells that data are gone', async () => {
  const { examples, err } = await exported('--no-examples')
  expect(examples).toEqual([])
  expect(err).not.toContain('Warning')
  rmSync('pairs/input', { recursive: true })
  const gone = await exported()
  expect(gone.examples).toEqual([])
  expect(gone.err).toMatch(/^Warning {2}the page has no inputs to start from: .*pairs\/input.*--examples$/m)
  expect(gone.out).toContain('with 0 inputs to start from')
})

test.each<[string, string[], string]>([
  [
    'pictures for a form that has none',
    ['--to', 'onnx', '--examples', 'ink'],
    "--examples is 'ink' with --to onnx, expected --to html",
  ],
  [
    'no pictures for a form that has none',
    ['--to', 'tfjs', '--no-examples'],
    '--no-examples is given with --to tfjs',
  ],
  [
    'a file that is no picture',
    ['--to', 'html', '--examples', 'mixed/a.png'],
    'which has no pictures: 1 file gave no picture (a.png is no JPEG',
  ],
  ['a folder without pictures', ['--to', 'html', '--examples', 'empty'], 'empty'],
])('%s: refused', async (_, words, message) => {
  const out = words.includes('onnx') ? 'other.onnx' : words.includes('html') ? 'other.html' : 'other'
  expect(await refusal('export', 'run', ...words, '--out', out)).toContain(message)
  expect(existsSync(out)).toBe(false)
})
