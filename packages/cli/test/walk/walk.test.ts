import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { normalPrior, uniformPrior } from '@gankit/core'
import { drawNoise } from '@gankit/inference'
import { decodePng, tileGrid } from '@gankit/visualization'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gankit, refusal } from '../gankit.ts'
import { saveTinyGenerator } from '../tiny-generator.ts'

const folder = mkdtempSync(join(tmpdir(), 'gankit-walk-'))
const at = (name: string) => join(folder, name)
const normal = { size: 16, prior: normalPrior(0, 0.3) }
const uniform = { size: 48, prior: uniformPrior(-1, 1) }
beforeAll(async () => {
  await saveTinyGenerator(at('gray'), normal.prior)
  await saveTinyGenerator(at('colored'), uniform.prior, 3)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function walk(...words: string[]): Promise<string> {
  const { code, out, err } = await gankit('walk', ...words)
  expect(code, err).toBe(0)
  return out
}

/** The pictures of an animation as libvips reads them, red, green and blue, and what is said of them. */
async function readGif(file: string) {
  const gif = sharp(file, { animated: true })
  const { pages = 1, delay = [], loop, width, pageHeight } = await gif.metadata()
  const pixels = await gif.removeAlpha().toColourspace('srgb').raw().toBuffer()
  const size = pixels.length / pages
  const frames = Array.from({ length: pages }, (_, i) => [...pixels.subarray(i * size, (i + 1) * size)])
  return { frames, delay: new Set(delay), loop, width, pageHeight }
}

const threeChannels = (gray: Iterable<number>) => [...gray].flatMap(level => [level, level, level])

test('an animation: at each stop the samples of its latents, to the pixel', async () => {
  const said = await walk(
    at('gray'),
    ...'--count 5 --stops 3 --frames 4 --seed 7 --delay 100 --out'.split(' '),
    at('walk.gif'),
  )
  expect(said).toBe(`5 paths through 3 samples of ${at('gray')}, 12 pictures, seed 7: ${at('walk.gif')}\n`)
  const { frames, ...gif } = await readGif(at('walk.gif'))
  // Three columns and two rows of samples, with gaps of 2: 26 times as large they are nearly 320 pixels wide.
  const [side, gap] = [26 * 4, 2]
  expect(gif).toEqual({
    delay: new Set([100]),
    loop: 0,
    width: 3 * side + 2 * gap,
    pageHeight: 2 * side + gap,
  })
  expect(frames.length).toBe(12)
  // The generator's picture is its latent.
  const samples = drawNoise({ noise: normal }, 15, 7)
  for (const stop of [0, 1, 2]) {
    const shown = samples.subarray(stop * 5 * 16, (stop + 1) * 5 * 16)
    const { data } = tileGrid({ samples: shown, sampleShape: [4, 4, 1], scale: 26 })
    expect(frames[4 * stop]).toEqual(threeChannels(data))
  }
})

test('a colored animation moves evenly along lines, and its last picture leads into the first', async () => {
  await walk(at('colored'), ...'--count 1 --stops 2 --frames 8 --out'.split(' '), at('line.GIF'))
  const { frames } = await readGif(at('line.GIF'))
  expect(frames.length).toBe(16)
  const [from, to] = [0, 48].map(start => drawNoise({ noise: uniform }, 2, 0).subarray(start, start + 48))
  for (const [frame, picture] of frames.entries()) {
    const place = frame <= 8 ? frame / 8 : (16 - frame) / 8
    const level = (i: number) => (from![i]! + place * (to![i]! - from![i]!) + 1) * 127.5
    // 16 pixels in 16 pictures are at most 256 colours; each pixel is a square of 80 by 80.
    for (let i = 0; i < 48; i++) {
      const [y, x, c] = [Math.floor(i / 12), Math.floor(i / 3) % 4, i % 3]
      expect(Math.abs(picture[(80 * y * 320 + 80 * x) * 3 + c]! - level(i))).toBeLessThanOrEqual(0.501)
    }
  }
})

test('a picture has each path as a row', async () => {
  await walk(at('gray'), ...'--count 2 --stops 2 --frames 3 --out'.split(' '), at('rows.png'))
  const { width, height, data } = decodePng(readFileSync(at('rows.png')))
  expect([width, height]).toEqual([6 * 10 - 2, 2 * 10 - 2])
  const samples = drawNoise({ noise: normal }, 4, 0)
  const level = (value: number) => Math.min(255, Math.max(0, Math.round((value + 1) * 127.5)))
  for (const [path, stop] of [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ] as const)
    expect(data[path * 10 * width + stop * 30]).toBe(level(samples[(2 * stop + path) * 16]!))
})

test.each<[string, string, string]>([
  ['another kind of file', '--out walk.webp', 'Expected a file name that ends in .gif or .png.'],
  [
    'too many pictures',
    '--stops 90 --frames 12 --out w.gif',
    '--stops 90 times --frames 12 is 1080, expected at most 1000',
  ],
  ['too long a row', '--frames 50 --out w.png', 'is 300, expected at most 100 for a .png'],
  ['one stop', '--stops 1 --out w.gif', 'Expected a whole number from 2 to 100'],
  ['no file', '', "required option '--out <file.gif>' not specified"],
])('%s is refused', async (_, words, message) => {
  expect(await refusal('walk', at('gray'), ...words.split(' ').filter(Boolean))).toContain(message)
  expect(existsSync('w.gif')).toBe(false)
})

test('where there is no generator, nothing is written', async () => {
  expect(await refusal('walk', at('nowhere'), '--out', at('none.gif'))).toContain(
    'nowhere does not exist, expected a run',
  )
  expect(existsSync(at('none.gif'))).toBe(false)
})
