import { describe, expect, it } from 'vitest'
import { ink, paper, Sheet } from '../../src/generators/drawing/sheet.ts'
import { Tools } from '../../src/generators/drawing/tools.ts'

const colorAt = (sheet: Sheet, x: number, y: number) => {
  const { data, width } = sheet.pixels.value
  return [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)]
}
const line = (sheet: Sheet) => {
  sheet.begin([2, 8])
  sheet.extend([14, 8], 1, ink)
  sheet.end()
}

describe('a sheet', () => {
  it('takes strokes, and gives them back one at a time', () => {
    const sheet = new Sheet(16, 16, true)
    expect([sheet.isBlank, sheet.canUndo.value]).toEqual([true, false])
    line(sheet)
    expect(colorAt(sheet, 8, 8)).toEqual([...ink])
    expect(colorAt(sheet, 8, 12)).toEqual([...paper])
    sheet.fill([8, 0], [1, 2, 3])
    expect(colorAt(sheet, 8, 12)).toEqual([1, 2, 3])
    sheet.go(-1)
    expect(colorAt(sheet, 8, 12)).toEqual([...paper])
    expect(sheet.canRedo.value).toBe(true)
    sheet.go(-1)
    expect([sheet.isBlank, sheet.canUndo.value]).toEqual([true, false])
    sheet.go(1)
    expect(colorAt(sheet, 8, 8)).toEqual([...ink])
  })

  it('drops a stroke that is undone before its end', () => {
    const sheet = new Sheet(16, 16, true)
    line(sheet)
    sheet.begin([8, 2])
    sheet.extend([8, 14], 2, ink)
    expect(sheet.canUndo.value).toBe(true)
    sheet.go(-1)
    expect(sheet.isDrawing).toBe(false)
    expect(colorAt(sheet, 8, 13)).toEqual([...paper])
    expect(colorAt(sheet, 4, 8)).toEqual([...ink])
  })

  it('gives another object after each change, and none to undo for no change', () => {
    const sheet = new Sheet(16, 16, true)
    const before = sheet.pixels.value
    sheet.begin([2, 2])
    sheet.extend([3, 3], 1, ink)
    expect(sheet.pixels.value).not.toBe(before)
    sheet.go(-1)
    sheet.clear()
    expect(sheet.canUndo.value).toBe(false)
  })

  it('has whole pixels where labels are painted', () => {
    const sheet = new Sheet(16, 16, false)
    sheet.begin([8, 8])
    sheet.extend([8, 8], 3, [10, 20, 30])
    sheet.end()
    const { data } = sheet.pixels.value
    const colors = new Set(Array.from({ length: 256 }, (_, i) => String(data.subarray(4 * i, 4 * i + 3))))
    expect([...colors].sort()).toEqual(['10,20,30', '255,255,255'])
  })

  it('a fill beside it changes nothing', () => {
    const sheet = new Sheet(16, 16, false)
    sheet.fill([-1, 4], ink)
    sheet.fill([4, 16], ink)
    expect(sheet.isBlank).toBe(true)
  })
})

describe('tools', () => {
  it('an eraser is paper, wider than a brush; a pen that is turned is one too', () => {
    const tools = new Tools('lines', 128)
    expect([tools.radius(), tools.color()]).toEqual([1, ink])
    expect([tools.radius(true), tools.color(true)]).toEqual([3, paper])
    tools.tool.value = 'eraser'
    tools.size.value = 'thick'
    expect([tools.radius(), tools.color()]).toEqual([10, paper])
  })

  it('labels are painted in the color of the chosen one', () => {
    const tools = new Tools('labels', 64)
    tools.label.value = [60, 170, 115]
    expect([tools.radius(), tools.color()]).toEqual([2.5, [60, 170, 115]])
  })
})
