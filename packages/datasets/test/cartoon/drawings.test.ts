import { beforeAll, describe, expect, test } from 'vitest'
import { chooseFace } from '../../src/cartoon/choose-face.ts'
import { drawFace } from '../../src/cartoon/draw-face.ts'
import { drawLabelMap } from '../../src/cartoon/drawings/label-map.ts'
import { parseFaceOptions } from '../../src/cartoon/face-options.ts'
import { cartoonLabels } from '../../src/cartoon/labels.ts'
import { type CartoonDrawing, type CartoonStyle, cartoonDrawingNames } from '../../src/cartoon/style.ts'
import { stylesByName } from '../../src/cartoon/styles.ts'
import { startRenderer } from '../../src/drawn/renderer.ts'
import { rendererBinary } from '../drawn/renderer-binary.ts'

beforeAll(() => startRenderer(() => rendererBinary))

const styles = Object.keys(stylesByName) as CartoonStyle[]
const faces = 40
const size = 64

const draw = (style: CartoonStyle, drawing: CartoonDrawing, index: number, side = size) =>
  drawFace(parseFaceOptions({ style, drawing, size: side }), index)

const bytesOf = (...given: Parameters<typeof draw>) => draw(...given).bytes

describe.each(styles)('%s', style => {
  test.each(cartoonDrawingNames)(
    '%s: the same each time, of any size, with the attributes of its face',
    drawing => {
      for (const side of [8, 11, 64]) {
        const { bytes, attributes } = draw(style, drawing, 3, side)
        expect(bytes).toHaveLength(side * side * 3)
        expect(bytes).toEqual(bytesOf(style, drawing, 3, side))
        expect(attributes).toEqual(chooseFace(stylesByName[style], 0, 3).attributes)
        expect(bytes).not.toEqual(bytesOf(style, drawing, 4, side))
      }
    },
  )

  test('every pixel of a label map has a color of the palette, and next to none was near one only', () => {
    const labels = cartoonLabels(style)
    const known = new Set(labels.map(({ color }) => color.join()))
    const counts = new Map<string, number>()
    let snapped = 0
    for (let index = 0; index < faces; index++) {
      const { parts } = chooseFace(stylesByName[style], 0, index)
      const map = drawLabelMap(stylesByName[style], parts, size)
      snapped += map.snapped
      for (let i = 0; i < map.bytes.length; i += 3) {
        const color = map.bytes.subarray(i, i + 3).join()
        counts.set(color, (counts.get(color) ?? 0) + 1)
      }
    }
    for (const color of counts.keys()) expect(known).toContain(color)
    const share = snapped / (faces * size * size)
    if (style === 'toon-head') expect(share).toBeLessThan(0.001)
    else expect(share).toBe(0)
    // Fewer would rule a mean over classes by single pixels.
    for (const { name, color } of labels)
      expect([name, counts.get(color.join())! / (faces * size * size)]).toEqual([
        name,
        expect.toSatisfy(share => share >= 0.004),
      ])
  })

  test('label maps are background where the picture is, and of one label where it has one color', () => {
    for (let index = 0; index < 12; index++) {
      const [picture, labels] = [bytesOf(style, 'picture', index), bytesOf(style, 'labels', index)]
      const isWhite = (of: Uint8Array, i: number) => of[i] === 255 && of[i + 1] === 255 && of[i + 2] === 255
      let wrong = 0
      for (let i = 0; i < picture.length; i += 3) {
        const row = size * 3
        // Pixels whose neighbors are like them, so that no smooth edge is among them.
        const inside = [-row, row, -3, 3].every(step => {
          const [a, b] = [picture.subarray(i, i + 3), picture.subarray(i + step, i + step + 3)]
          return b.length < 3 || a.every((level, c) => level === b[c])
        })
        // Whites of eyes and teeth are white, too.
        if (inside && !isWhite(picture, i) && isWhite(labels, i)) wrong++
      }
      expect(wrong).toBe(0)
    }
  })

  test('gray is that of Rec. 601', () => {
    const [picture, gray] = [bytesOf(style, 'picture', 5), bytesOf(style, 'gray', 5)]
    for (let i = 0; i < gray.length; i += 3) {
      const level = 0.299 * picture[i]! + 0.587 * picture[i + 1]! + 0.114 * picture[i + 2]!
      for (let c = 0; c < 3; c++) expect(Math.abs(gray[i + c]! - level)).toBeLessThanOrEqual(0.51)
    }
  })

  test('some edges are those of the picture, the others lie near them with gaps, and swell', () => {
    let [exact, ink] = [0, 0]
    for (let index = 0; index < faces; index++) {
      const drawn = bytesOf(style, 'edges', index)
      const edges = edgesOf(bytesOf(style, 'picture', index))
      expect(drawn.every((level, i) => (level === 0 || level === 255) && level === drawn[i - (i % 3)])).toBe(
        true,
      )
      const lines = edges.map((_, i) => (drawn[3 * i] === 0 ? 1 : 0))
      if (lines.join() === edges.join()) exact++
      ink += sum(lines) / sum(edges) / faces
      const near = spread(edges, 4)
      // Stretched, a slope of small steps may become an edge.
      expect(sum(lines.map((line, i) => line & near[i]!)) / sum(lines)).toBeGreaterThan(0.97)
      const covered = spread(lines, 3)
      expect(sum(edges.map((edge, i) => edge & covered[i]!)) / sum(edges)).toBeGreaterThan(0.85)
    }
    expect(exact).toBeGreaterThanOrEqual(4)
    expect(exact).toBeLessThan(20)
    expect(ink).toBeGreaterThan(1.1)
    expect(ink).toBeLessThan(1.9)
  })

  test('an outline is black and white with gray edges, and mostly white', () => {
    for (let index = 0; index < 8; index++) {
      const bytes = bytesOf(style, 'outline', index)
      expect(bytes.every((level, i) => level === bytes[i - (i % 3)])).toBe(true)
      const ink = 1 - sum(bytes) / bytes.length / 255
      expect(ink).toBeGreaterThan(0.03)
      expect(ink).toBeLessThan(0.35)
    }
  })

  test('paint has the colors of the picture, on the whole, and none of its flat ones', () => {
    for (let index = 0; index < 4; index++) {
      const [picture, painted] = [bytesOf(style, 'picture', index), bytesOf(style, 'painted', index)]
      const difference = sum(picture.map((level, i) => Math.abs(level - painted[i]!))) / picture.length
      expect(difference).toBeGreaterThan(6)
      expect(difference).toBeLessThan(26)
      const equal = (of: Uint8Array) => sum(of.map((level, i) => (level === of[i + 3] ? 1 : 0))) / of.length
      expect(equal(picture)).toBeGreaterThan(0.5)
      expect(equal(painted)).toBeLessThan(0.2)
    }
  })

  test('pencil is nearly gray, and darker where the picture is', () => {
    for (let index = 0; index < 4; index++) {
      const [gray, pencil] = [bytesOf(style, 'gray', index), bytesOf(style, 'pencil', index)]
      const [dark, light] = [
        [0, 0],
        [0, 0],
      ]
      for (let i = 0; i < pencil.length; i += 3) {
        const levels = pencil.subarray(i, i + 3)
        expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(14)
        const group = gray[i]! < 110 ? dark : gray[i]! > 200 ? light : undefined
        if (!group) continue
        group[0]! += pencil[i]!
        group[1]!++
      }
      expect(dark[0]! / dark[1]!).toBeLessThan(light[0]! / light[1]! - 50)
    }
  })
})

test('labels of all styles: the background first, names once, colors well apart', () => {
  for (const style of styles) {
    const labels = cartoonLabels(style)
    expect(labels[0]).toEqual({ name: 'background', color: [255, 255, 255] })
    expect(new Set(labels.map(({ name }) => name)).size).toBe(labels.length)
    for (const [i, a] of labels.entries())
      for (const b of labels.slice(i + 1))
        expect(Math.hypot(...a.color.map((level, c) => level - b.color[c]!))).toBeGreaterThan(75)
  }
  expect(cartoonLabels('personas').map(({ name }) => name)).toEqual([
    'background',
    'skin',
    'eyes',
    'hair',
    'clothes',
    'mouth',
    'nose',
    'beard',
  ])
  expect(() => cartoonLabels('manga' as never)).toThrow("style is 'manga', expected one of: personas")
})

test('reduced faces are those of reduceBicubic; mixed labels and uneven factors are refused', () => {
  const { bytes } = drawFace(parseFaceOptions({ size: 64, reduce: 4 }), 2)
  expect(bytes).toHaveLength(16 * 16 * 3)
  const wrong = (options: object) => () => parseFaceOptions(options)
  expect(wrong({ size: 64, reduce: 3 })).toThrow(
    '[gankit/datasets] reduce is 3, expected a factor that divides the size, 64: change one of them',
  )
  expect(wrong({ drawing: 'labels', reduce: 2 })).toThrow(
    "reduce is 2 with drawing 'labels', expected 1, as mixed colors stand for no label: set size to 32",
  )
  expect(wrong({ drawing: 'oil' })).toThrow('drawing is "oil", expected ("picture" | "labels"')
})

describe('noise', () => {
  const levels = (index: number, options: object) =>
    Float64Array.from(drawFace(parseFaceOptions({ size, ...options }), index).bytes)
  // Levels from which three standard deviations lead neither to black nor to white.
  const inside = (clean: Float64Array, reach: number) =>
    Array.from(clean.keys()).filter(i => clean[i]! > reach && clean[i]! < 255 - reach)
  const moments = (values: readonly number[]) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    return { mean, std: Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length) }
  }

  test('is normal on each value, with the standard deviation that was asked for, and ends at black and white', () => {
    const added: number[] = []
    for (let index = 0; index < 8; index++) {
      const [clean, noisy] = [levels(index, {}), levels(index, { noise: 0.1 })]
      for (const i of inside(clean, 4 * 12.75)) added.push(noisy[i]! - clean[i]!)
      // White is white where the noise would be brighter, which half of it is; so is black.
      const white = Array.from(clean.keys()).filter(i => clean[i] === 255)
      const share = white.filter(i => noisy[i] === 255).length / white.length
      expect(Math.abs(share - 0.5)).toBeLessThan(0.05)
    }
    const { mean, std } = moments(added)
    expect(added.length).toBeGreaterThan(20_000)
    expect(Math.abs(mean)).toBeLessThan(0.3)
    // Rounding to levels adds 1/12 to the variance.
    expect(Math.abs(std - Math.sqrt(12.75 ** 2 + 1 / 12))).toBeLessThan(0.25)
    for (const [k, share] of [0.6827, 0.9545, 0.9973].entries())
      expect(
        Math.abs(added.filter(x => Math.abs(x) <= 12.75 * (k + 1)).length / added.length - share),
      ).toBeLessThan(0.02)
    // One value says nothing of the next.
    const product = moments(added.slice(1).map((x, i) => (x * added[i]!) / std ** 2)).mean
    expect(Math.abs(product)).toBeLessThan(0.03)
  })

  test('is the same each time and with any cast, another for each face and seed, and no prefix of it changes', () => {
    const noise = { noise: 0.1 }
    expect(levels(3, noise)).toEqual(levels(3, { ...noise, count: 7 }))
    const added = (index: number, options: object) => {
      const [clean, noisy] = [levels(index, options), levels(index, { ...options, ...noise })]
      return (i: number) => noisy[i]! - clean[i]!
    }
    const [of3, of4, ofSeed] = [added(3, {}), added(4, {}), added(3, { seed: 1 })]
    const places = inside(levels(3, {}), 60)
    expect(places.filter(i => of3(i) === of4(i)).length).toBeLessThan(0.1 * places.length)
    expect(places.filter(i => of3(i) === ofSeed(i)).length).toBeLessThan(0.1 * places.length)
    // In another drawing the same numbers are added, where both have room for them.
    const painted = added(3, { drawing: 'painted' })
    const room = new Set(inside(levels(3, { drawing: 'painted' }), 60))
    for (const i of places.filter(i => room.has(i))) expect(painted(i)).toBe(of3(i))
  })

  test('a color cast shifts each channel of a face by one number, of the standard deviation that was asked for', () => {
    const shifts: number[] = []
    for (let index = 0; index < 60; index++) {
      const options = { size: 16, colorCast: 0.1 }
      const [clean, cast] = [levels(index, { size: 16 }), levels(index, options)]
      for (let c = 0; c < 3; c++) {
        const own = inside(clean, 60).filter(i => i % 3 === c)
        const shift = cast[own[0]!]! - clean[own[0]!]!
        for (const i of own) expect(cast[i]! - clean[i]!).toBe(shift)
        shifts.push(shift)
      }
    }
    const { mean, std } = moments(shifts)
    // Four standard errors of 180 numbers.
    expect(Math.abs(mean)).toBeLessThan(4 * 0.95)
    expect(Math.abs(std - 12.75)).toBeLessThan(4 * 0.67)
  })

  test('leaves label maps exact, and what is wrong says so', () => {
    const both = { noise: 0.4, colorCast: 0.3 }
    expect(levels(5, { drawing: 'labels', ...both })).toEqual(levels(5, { drawing: 'labels' }))
    expect(drawFace(parseFaceOptions({ size: 16, ...both }), 5).attributes).toEqual(
      drawFace(parseFaceOptions({ size: 16, drawing: 'labels' }), 5).attributes,
    )
    expect(drawFace(parseFaceOptions({ size: 64, reduce: 4, ...both }), 2).bytes).toHaveLength(16 * 16 * 3)
    expect(() => parseFaceOptions({ noise: -0.1 })).toThrow('noise is -0.1, expected at least 0')
    expect(() => parseFaceOptions({ colorCast: 1.5 })).toThrow('colorCast is 1.5, expected at most 1')
    expect(() => parseFaceOptions({ noise: Number.NaN })).toThrow('noise is NaN')
  })
})

/** Edges by their definition: a step of more than 28 of a channel to the right or below. */
function edgesOf(picture: Uint8Array): Uint8Array {
  const edges = new Uint8Array(size * size)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      for (const [dx, dy] of [
        [1, 0],
        [0, 1],
      ] as const) {
        if (x + dx >= size || y + dy >= size) continue
        const [here, there] = [3 * (y * size + x), 3 * ((y + dy) * size + x + dx)]
        for (let c = 0; c < 3; c++)
          if (Math.abs(picture[here + c]! - picture[there + c]!) > 28) edges[y * size + x] = 1
      }
  return edges
}

/** Ones within some pixels of a one. */
function spread(ones: Uint8Array, reach: number): Uint8Array {
  const wide = new Uint8Array(ones.length)
  for (let i = 0; i < ones.length; i++)
    if (ones[i])
      for (let dy = -reach; dy <= reach; dy++)
        for (let dx = -reach; dx <= reach; dx++) {
          const [y, x] = [Math.floor(i / size) + dy, (i % size) + dx]
          if (y >= 0 && x >= 0 && y < size && x < size) wide[y * size + x] = 1
        }
  return wide
}

function sum(values: Uint8Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
