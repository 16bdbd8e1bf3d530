import { expect, test } from 'vitest'
import { importPageModule } from './page-module.ts'

type Place = [x: number, y: number]
type Color = [number, number, number]
const { coverLine, layColor } = await importPageModule<{
  coverLine(mask: Float32Array, width: number, from: Place, to: Place, radius: number, isSoft: boolean): void
  layColor(pixels: Uint8ClampedArray, before: Uint8ClampedArray, mask: Float32Array, color: Color): void
}>('drawing/brush')
const { fillArea } = await importPageModule<{
  fillArea(pixels: Uint8ClampedArray, width: number, place: Place, color: Color): void
}>('drawing/fill')
const { plainPixels, readNumbers, makeGray, snapToColors, mirrorPixels } = await importPageModule<{
  plainPixels(count: number, color: Color): Uint8ClampedArray
  readNumbers(pixels: Uint8ClampedArray, channels: number): Float32Array
  makeGray(pixels: Uint8ClampedArray): void
  snapToColors(pixels: Uint8ClampedArray, colors: Color[]): void
  mirrorPixels(pixels: Uint8ClampedArray, width: number): Uint8ClampedArray
}>('drawing/pixels')
const { createHistory } = await importPageModule<{
  createHistory(first: number): {
    current(): number
    canUndo(): boolean
    canRedo(): boolean
    add(state: number): void
    go(step: -1 | 1): void
  }
}>('drawing/history')

const rows = (mask: Float32Array, width: number) =>
  Array.from({ length: mask.length / width }, (_, y) => Array.from(mask.subarray(y * width, (y + 1) * width)))

test('a soft line of one pixel covers its pixels whole, and those half beside it in part', () => {
  const mask = new Float32Array(12)
  coverLine(mask, 4, [0.5, 1.5], [2.5, 1.5], 0.5, true)
  expect(rows(mask, 4)).toEqual([
    [0, 0, 0, 0],
    [1, 1, 1, 0],
    [0, 0, 0, 0],
  ])
  coverLine(mask, 4, [1.5, 2], [1.5, 2], 0.5, true)
  expect(rows(mask, 4)[2]).toEqual([0, 0.5, 0, 0])
})

test('a hard line has no gaps, and no pixel in part', () => {
  const mask = new Float32Array(64)
  coverLine(mask, 8, [0.2, 0.3], [7.6, 5.9], 0.5, false)
  expect(new Set(mask)).toEqual(new Set([0, 1]))
  for (let x = 0; x < 8; x++) expect(rows(mask, 8).some(row => row[x] === 1)).toBe(true)
})

test('a stroke that crosses itself covers nothing twice', () => {
  const [before, pixels, mask] = [
    plainPixels(1, [200, 200, 200]),
    plainPixels(1, [0, 0, 0]),
    Float32Array.of(0),
  ]
  for (let time = 0; time < 2; time++) {
    coverLine(mask, 1, [1, 0.5], [1, 0.5], 0.5, true)
    layColor(pixels, before, mask, [0, 100, 200])
    expect([...pixels]).toEqual([100, 150, 200, 255])
  }
})

test('filling stops at another color and at the sides of the sheet', () => {
  const pixels = plainPixels(12, [255, 255, 255])
  for (const at of [1, 5, 9]) pixels.set([0, 0, 0], 4 * at)
  fillArea(pixels, 4, [3.9, 0.1], [9, 8, 7])
  const reds = Array.from(pixels).filter((_, i) => i % 4 === 0)
  expect(reds).toEqual([255, 0, 9, 9, 255, 0, 9, 9, 255, 0, 9, 9])
  fillArea(pixels, 4, [3, 0], [9, 8, 7])
  expect(Array.from(pixels).filter((_, i) => i % 4 === 0)).toEqual(reds)
})

test('numbers, gray by Rec. 601, nearest colors, left and right', () => {
  const pixels = Uint8ClampedArray.of(0, 255, 51, 255, 10, 10, 10, 255)
  expect([...readNumbers(pixels, 3).subarray(0, 3)].map(value => Math.round(value * 1e6) / 1e6)).toEqual([
    -1, 1, -0.6,
  ])
  expect([...mirrorPixels(pixels, 2)]).toEqual([10, 10, 10, 255, 0, 255, 51, 255])
  const [gray, snapped] = [pixels.slice(), pixels.slice()]
  makeGray(gray)
  // 0.587 · 255 + 0.114 · 51
  expect([...gray]).toEqual([155, 155, 155, 255, 10, 10, 10, 255])
  snapToColors(snapped, [
    [0, 0, 0],
    [0, 200, 0],
  ])
  expect([...snapped]).toEqual([0, 200, 0, 255, 0, 0, 0, 255])
})

test('history goes back and forth, forgets what was undone, and ends', () => {
  const history = createHistory(0)
  for (const state of [1, 2]) history.add(state)
  history.go(-1)
  expect([history.current(), history.canUndo(), history.canRedo()]).toEqual([1, true, true])
  history.add(3)
  expect([history.current(), history.canRedo()]).toEqual([3, false])
  history.go(1)
  for (let time = 0; time < 5; time++) history.go(-1)
  expect([history.current(), history.canUndo()]).toEqual([0, false])
  for (let state = 0; state < 1000; state++) history.add(state)
  for (let time = 0; time < 1000; time++) history.go(-1)
  expect(history.current()).toBe(800)
})
