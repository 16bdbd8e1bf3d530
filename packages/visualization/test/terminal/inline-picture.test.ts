import { randomStream } from '@gankit/core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { inlinePicture, type Picture } from '../../src/index.ts'
import { decodeSixel } from './decode-sixel.ts'

function noise(
  channels: 1 | 3,
  width: number,
  height: number,
  color = (word: number) => word & 255,
): Picture {
  const words = randomStream(1, 'inline').bits(width * height * channels)
  return { width, height, channels, data: Uint8Array.from(words, color) }
}

/** What another decoder reads from a PNG in base64. */
async function readPng(base64: string) {
  const file = Buffer.from(base64, 'base64')
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
  return { bytes: file.length, width: info.width, height: info.height, data: Uint8Array.from(data) }
}

/** Control characters as visible ones. */
const show = (text: string) => text.replaceAll('\x1b', '␛').replaceAll('\x07', '␇')

/** The commands of kitty's protocol in a text, and nothing else. */
function readKitty(text: string) {
  const pieces = [...show(text).matchAll(/␛_G([^;]*);([^␛]*)␛\\/g)]
  expect(pieces.map(([whole]) => whole).join('')).toBe(show(text))
  return pieces.map(([, keys, data]) => ({
    keys: Object.fromEntries(keys!.split(',').map(pair => pair.split('='))) as Record<string, string>,
    data: data!,
  }))
}

test('kitty gets a PNG in pieces of 4,096 characters, of which the last says that it is', async () => {
  const picture = noise(3, 60, 50)
  const pieces = readKitty(inlinePicture(picture, { protocol: 'kitty' }))
  expect(pieces.length).toBeGreaterThan(2)
  expect(pieces[0]!.keys).toEqual({ a: 'T', f: '100', q: '2', r: '3', m: '1' })
  expect(pieces.map(({ keys }) => keys['m'])).toEqual([...pieces.slice(1).map(() => '1'), '0'])
  for (const { data } of pieces.slice(0, -1)) expect(data).toHaveLength(4096)
  const read = await readPng(pieces.map(({ data }) => data).join(''))
  expect(read).toMatchObject({ width: 60, height: 50, data: picture.data })
})

test('kitty is told the side that has to be smaller', () => {
  const keysOf = (picture: Picture, columns: number, rows: number) =>
    readKitty(inlinePicture(picture, { protocol: 'kitty', columns, rows }))[0]!.keys
  expect(keysOf(noise(1, 400, 100), 40, 30)).toMatchObject({ c: '40' })
  expect(keysOf(noise(1, 100, 400), 80, 10)).toMatchObject({ r: '10' })
  expect(keysOf(noise(1, 100, 400), 80, 10)).not.toHaveProperty('c')
})

test('iTerm2 gets a PNG with its size in bytes, in a box that keeps its shape', async () => {
  const picture = noise(1, 200, 100)
  const text = show(inlinePicture(picture, { protocol: 'iterm', columns: 10 }))
  const [whole, keys, data] = /␛\]1337;File=([^:]*):([^␇]*)␇/.exec(text)!
  expect(whole).toBe(text)
  const { bytes, ...read } = await readPng(data!)
  expect(keys).toBe(`inline=1;size=${bytes};width=10;height=2;preserveAspectRatio=1`)
  expect(read.width).toBe(200)
  // libvips reads gray as three equal channels or as one.
  expect([...read.data].filter((_, i) => i % (read.data.length / 20_000) === 0)).toEqual([...picture.data])
})

test('sixels give back every pixel, in the nearest per cent of each color', () => {
  // 6³ colors, in rows that are no multiple of six.
  const picture = noise(3, 37, 20, word => 51 * (word % 6))
  const { width, height, data } = decodeSixel(inlinePicture(picture, { protocol: 'sixel' }))
  expect({ width, height }).toEqual({ width: 37, height: 20 })
  // Multiples of 51 are whole per cent: 20, 40, 60, 80.
  expect(data).toEqual(picture.data)
})

test('sixels of gray are within half a per cent, and runs are counts', () => {
  const gradient: Picture = {
    ...{ width: 64, height: 12, channels: 1 },
    data: Uint8Array.from({ length: 64 * 12 }, (_, i) => 16 * (i >> 6) + ((i & 63) > 40 ? 3 : 0)),
  }
  const text = inlinePicture(gradient, { protocol: 'sixel' })
  expect(text).toContain('!41')
  const { data } = decodeSixel(text)
  for (const [i, level] of gradient.data.entries())
    expect(Math.abs(data[3 * i]! - level)).toBeLessThanOrEqual(2)
})

test('sixels of a picture that is too large are made smaller, all others stay as they are', () => {
  const large = decodeSixel(inlinePicture(noise(1, 400, 200), { protocol: 'sixel', columns: 20, rows: 50 }))
  expect(large).toMatchObject({ width: 160, height: 80 })
  const tall = decodeSixel(inlinePicture(noise(1, 100, 400), { protocol: 'sixel', columns: 80, rows: 10 }))
  expect(tall).toMatchObject({ width: 40, height: 160 })
})

test('pictures that contradict themselves and unknown protocols are refused', () => {
  expect(() => inlinePicture({ ...noise(1, 2, 2), width: 3 }, { protocol: 'kitty' })).toThrow(
    'picture has 4 bytes, expected 6',
  )
  expect(() => inlinePicture(noise(1, 2, 2), { protocol: 'regis' as 'kitty' })).toThrow("protocol is 'regis'")
})
