import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isSkipped, skipReason, useDatasetsPage } from './datasets-page.ts'
import { sent } from './pictures.ts'

const fixture = join(import.meta.dirname, '../../datasets/test/fixtures/colors.json')
const { background, cases } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  background: [number, number, number]
  cases: { name: string; file: string; colors: [number, number, number][] }[]
}

/** PNGs of every depth, profile and kind of channels. */
const pngs = cases
  .filter(({ name }) => /^PNG (gray|color)( with alpha)? (1 bit|8 bits|16 bits)/.test(name))
  .map(each => [each.name, each] as const)

/** Levels by which colors in Chromium may differ. */
function findBound(name: string): number {
  // Chromium applies the curve of a profile of color to gray; Node takes such a profile for a mistake, and leaves gray as it is.
  if (name.endsWith('a profile of color')) return 3
  // Chromium rounds to 8 bits first, which hold dark levels of linear light coarsely.
  if (name.includes('between levels')) return 5
  return 1
}

/**
 * Gray by the curve of its profile and that of sRGB (IEC 61966-2-1). littleCMS has no part in it: it interpolates gray between 33
 * points, and is up to 9 levels off near black.
 */
function encodeGray(level: number, gamma: number): number {
  const light = (level / 255) ** gamma
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055))
}

/** As in make_colors.py. */
const [levels, alphas] = [
  [3, 82, 124, 227],
  [255, 128, 0, 200],
]

/** The colors that are right: of gray with a curve those of the curve, else those of littleCMS. */
function findExpected(name: string, colors: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const [, gamma] = /^PNG gray.*(?:8|16) bits, gamma ([\d.]+)$/.exec(name) ?? []
  if (gamma === undefined) return colors
  return levels.map((level, i) => {
    const share = name.includes('alpha') ? alphas[i]! / 255 : 1
    return background.map(behind => encodeGray(level, Number(gamma)) * share + behind * (1 - share))
  })
}

describe.skipIf(isSkipped)(`PNGs in Chromium have the right colors${skipReason}`, () => {
  const { open } = useDatasetsPage()

  test('every depth, profile and kind of channels is there', () => {
    for (const kind of ['gray', 'gray with alpha', 'color', 'color with alpha'])
      for (const depth of ['8 bits', '16 bits'])
        for (const profile of kind.startsWith('gray')
          ? ['none', 'gamma 1', 'gamma 1.8', 'gamma 2.2']
          : ['none', 'sRGB', 'Adobe RGB', 'Display P3'])
          expect(pngs.map(([name]) => name).join('\n')).toContain(`PNG ${kind} ${depth}, ${profile}`)
  })

  test.each(pngs)('%s', async (name, { file, colors }) => {
    const answer = await open({
      from: 'images',
      files: [sent('a', Buffer.from(file, 'base64'))],
      options: { size: 4, resize: 'nearest', background },
    })
    const pixels = answer.pixels![0]!
    const corners = [0, 3, 12, 15].map(at => pixels.slice(3 * at, 3 * at + 3))
    const expected = findExpected(name, colors)
    const apart = Math.max(
      ...corners.flatMap((color, i) => color.map((level, c) => Math.abs(level - expected[i]![c]!))),
    )
    expect(apart, `${JSON.stringify(corners)} for ${JSON.stringify(expected)}`).toBeLessThan(
      findBound(name) + 0.5,
    )
  })
})
