import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listAttributes } from '../../src/cartoon/choose-face.ts'
import { drawFace } from '../../src/cartoon/draw-face.ts'
import type { CartoonStyle } from '../../src/cartoon/style.ts'
import { stylesByName } from '../../src/cartoon/styles.ts'
import { startRenderer } from '../../src/drawn/renderer.ts'
import { rendererBinary } from '../drawn/renderer-binary.ts'

let memory: WebAssembly.Memory

beforeAll(async () => {
  const instantiate = vi.spyOn(WebAssembly, 'instantiate')
  await startRenderer(() => rendererBinary)
  const { instance } = (await instantiate.mock.results[0]!
    .value) as unknown as WebAssembly.WebAssemblyInstantiatedSource
  memory = instance.exports['memory'] as WebAssembly.Memory
})
afterAll(() => vi.restoreAllMocks())

const face = (style: CartoonStyle, index: number, size = 64, seed = 0) =>
  drawFace({ style, seed, size, count: 1, drawing: 'picture', reduce: 1, noise: 0, colorCast: 0 }, index)

// Of @dicebear/* 9.4.3, @resvg/resvg-wasm 2.6.2 and drawingVersion 3, which goes up where these change.
const known: Record<CartoonStyle, readonly string[]> = {
  personas: [
    'f0a889c6c5402baaecc535a0716dd8e70af1338b1842ecfa1aa3009d6ac7f880',
    '30349cdb28f24cc243c362e3ce587c383ca278882617b1fe72004ef934b6b2e2',
    'b0e3b140df80df45479cb4ba55c05153f0a76e5e19c16cf01792eb60f342aca7',
  ],
  'toon-head': [
    '86d2ec40d1104524fa6fc384a1f26f7f40c495a5ea9087b7f4b8db77ceb66b21',
    '478e3771c9cba0e5b957ec6c7bdc5fba77e414e14179954f7d906af66d2408ac',
    '66deed9646b254151a0b51e7c0ba61efbcd1feb8b6f2929e3b279f00417534ce',
  ],
  'big-ears': [
    'adb5872856de1cd2087724b02e6abafe82b635b37e27387f3f0612648aa600c2',
    '149499861e09779d57259ba48a43069d9e38d29b769127846c48eefe1f99bf6c',
    '86da15ee898364f0a5fdfdb5ed43774126cfb3d1e655ba3a8641641ec283f25b',
  ],
}

describe.each(Object.keys(known) as CartoonStyle[])('%s', style => {
  test('face n of a seed is the same picture everywhere', () => {
    const faces = [face(style, 0), face(style, 1), face(style, 2 ** 32 - 1, 32, 7)]
    const sums = faces.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'))
    expect(sums).toEqual(known[style])
  })

  test('what a face has doesn’t depend on its size', () => {
    for (let index = 0; index < 10; index++) {
      const [small, large] = [face(style, index, 8), face(style, index, 96)]
      expect(small.attributes).toEqual(large.attributes)
      expect(small.bytes).toHaveLength(8 * 8 * 3)
      expect(large.bytes).toHaveLength(96 * 96 * 3)
    }
  })

  test('the face is in the middle, on white', () => {
    for (let index = 0; index < 10; index++) {
      const { bytes } = face(style, index, 64)
      expect([...bytes.subarray(0, 3)]).toEqual([255, 255, 255])
      const middle = 3 * (40 * 64 + 32)
      expect([...bytes.subarray(middle, middle + 3)]).not.toEqual([255, 255, 255])
    }
  })
})

test.each([
  ['toon-head', 'hair-color', { black: '2c1b18', brown: '724133', auburn: 'a55728', blond: 'd6b370' }],
  ['big-ears', 'hair-color', { black: '2c1b18', auburn: 'a55728', red: 'c93305', pink: 'f59797' }],
  ['big-ears', 'skin', { light: 'f8b788', medium: 'da9969', tan: 'c07f50', dark: '89532c' }],
  ['personas', 'clothes-color', { blue: '456dff', green: '6dbb58', red: 'e24553', yellow: 'f3b63a' }],
] as const)('the picture of %s has the color that %s names', (style, name, colors) => {
  const attribute = listAttributes(stylesByName[style]).findIndex(other => other.name === name)
  const { values } = listAttributes(stylesByName[style])[attribute]!
  let checked = 0
  for (let index = 0; index < 60; index++) {
    const { bytes, attributes: codes } = face(style, index)
    for (const [label, color] of Object.entries(colors)) {
      const pixels = pixelsOf(bytes, Number.parseInt(color, 16))
      if (values[codes[attribute]!] === label) {
        expect(pixels).toBeGreaterThan(5)
        checked++
      }
    }
  }
  expect(checked).toBeGreaterThan(15)
})

function pixelsOf(bytes: Uint8Array, color: number): number {
  let count = 0
  for (let i = 0; i < bytes.length; i += 3)
    if (bytes[i]! * 65536 + bytes[i + 1]! * 256 + bytes[i + 2]! === color) count++
  return count
}

test('2,000 faces need no more memory than 200', () => {
  for (let index = 0; index < 200; index++) face('personas', index, 16)
  const before = memory.buffer.byteLength
  expect(before).toBeGreaterThan(0)
  for (let index = 0; index < 2000; index++) face('personas', index, 16)
  expect(memory.buffer.byteLength).toBe(before)
})
