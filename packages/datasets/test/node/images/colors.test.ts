import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseImageOptions } from '../../../src/images/image-options.ts'
import { decode } from '../../../src/node/images/decode.ts'

interface Case {
  readonly name: string
  readonly file: string
  /** The colors of the four quadrants in sRGB, by littleCMS or by the profile's own curve. */
  readonly colors: readonly (readonly [number, number, number])[]
}

const { background, cases, refused } = JSON.parse(
  await readFile(join(import.meta.dirname, '../../fixtures/colors.json'), 'utf8'),
) as {
  background: [number, number, number]
  cases: Case[]
  refused: { why: string; file: string }[]
}

/** The corners of a picture of 4×4 pixels, one of each quadrant. */
const corners = (sample: Uint8Array, channels: number) =>
  [0, 3, 12, 15].map(at => [...sample.subarray(at * channels, (at + 1) * channels)])

/** The largest difference in levels. */
const apart = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
  Math.max(...a.flatMap((color, i) => color.map((level, c) => Math.abs(level - b[i]![c]!))))

describe('every depth, profile, kind of channels and format has the colors of littleCMS', () => {
  test.each(cases)('$name', async ({ file, colors }) => {
    const bytes = Buffer.from(file, 'base64')
    const options = { size: 4, resize: 'nearest', background } as const
    const color = corners(await decode(bytes, parseImageOptions(options)), 3)
    expect(
      apart(color, colors),
      `${JSON.stringify(color)} for ${JSON.stringify(colors)}`,
    ).toBeLessThanOrEqual(1)
    const gray = corners(await decode(bytes, parseImageOptions({ ...options, channels: 1 })), 1)
    // ITU-R BT.601, as Pillow's convert('L').
    const expected = colors.map(([r, g, b]) => [Math.round((r * 299 + g * 587 + b * 114) / 1000)])
    expect(apart(gray, expected)).toBeLessThanOrEqual(1)
  })
})

test.each(refused)('what has no one meaning says so: $why', async ({ why, file }) => {
  const decoding = decode(Buffer.from(file, 'base64'), parseImageOptions({ size: 4 }))
  await expect(decoding).rejects.toThrow(why)
})
