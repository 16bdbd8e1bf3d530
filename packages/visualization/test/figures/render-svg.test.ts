import { expect, test } from 'vitest'
import { planeFigureSvg } from '../../src/index.ts'
import { renderSvg } from '../../src/node.ts'

const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" font-family="Inter, sans-serif">${content}</svg>`
const count = (data: Uint8Array) => data.reduce((sum, level) => sum + (level < 128 ? 1 : 0), 0)

test('shapes are drawn on white at the size that is asked for', async () => {
  const { width, height, channels, data } = await renderSvg(
    svg('<rect width="30" height="20" fill="#f00"/>'),
    { zoom: 2 },
  )
  expect({ width, height, channels }).toEqual({ width: 120, height: 40, channels: 3 })
  expect([...data.subarray(0, 3)]).toEqual([255, 0, 0])
  expect([...data.subarray(3 * 119, 3 * 120)]).toEqual([255, 255, 255])
})

test('letters, italics and the signs of figures have glyphs, without any font of the system', async () => {
  for (const text of ['0', 'D', '½', '−', 'z'])
    for (const style of ['normal', 'italic']) {
      const { data } = await renderSvg(svg(`<text x="5" y="15" font-style="${style}">${text}</text>`), {
        zoom: 2,
      })
      expect(count(data), `${style} ${text}`).toBeGreaterThan(20)
    }
  const [a, b] = await Promise.all(
    ['i', 'W'].map(text => renderSvg(svg(`<text x="5" y="15">${text}</text>`))),
  )
  expect(count(b!.data)).toBeGreaterThan(count(a!.data))
})

test('dots without length are round', async () => {
  const { data, width } = await renderSvg(
    svg('<path d="M30 10h0" stroke="#000" stroke-width="10" stroke-linecap="round"/>'),
  )
  const level = (x: number, y: number) => data[3 * (y * width + x)]
  expect([level(30, 10), level(26, 10), level(30, 6), level(25, 5)]).toEqual([0, 0, 0, 255])
})

test('points that are far away leave an empty plot', async () => {
  const far = [1e30, 1e30, -1e12, 4]
  const extent = [
    [0, 1],
    [0, 1],
  ] as const
  const figure = { extent, reals: far, fakes: far, missed: [[1e9, 1e9]] }
  const { width, data } = await renderSvg(
    planeFigureSvg({ ...figure, lattice: { images: [...far, ...far], points: 2 } }),
  )
  expect([...data.subarray(3 * (300 * width + 300)).subarray(0, 3)]).toEqual([255, 255, 255])
})

test('what is no SVG is refused in one line', async () => {
  await expect(renderSvg('<svg')).rejects.toThrow(
    /\[gankit\/visualization\] svg can't be drawn \(.*\), expected an SVG/,
  )
})
