import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { enlargeBicubic, reduceBicubic } from '../src/images/bicubic.ts'

// Of Pillow and NumPy, by fixtures/make_bicubic.py.
const { pictures, cases } = JSON.parse(
  readFileSync(new URL('fixtures/bicubic.json', import.meta.url), 'utf8'),
) as {
  pictures: Record<string, { height: number; width: number; channels: number; bytes: string }>
  cases: { picture: string; change: 'reduce' | 'enlarge'; factor: number; pillow: string; exact: string }[]
}
const decode = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'))

test.each(cases.map(each => [`${each.picture}, ${each.change} ${each.factor}`, each] as const))(
  '%s',
  (_, { picture, change, factor, pillow, exact }) => {
    const { bytes, ...shape } = pictures[picture]!
    const resize = change === 'reduce' ? reduceBicubic : enlargeBicubic
    const data = decode(bytes)
    const wanted = new Float32Array(decode(exact).buffer)
    const floats = resize({ data: Float32Array.from(data), ...shape }, factor)
    expect(floats.data).toHaveLength(wanted.length)
    for (const [i, value] of floats.data.entries()) expect(Math.abs(value - wanted[i]!)).toBeLessThan(1e-4)
    const levels = decode(pillow)
    const got = resize({ data, ...shape }, factor)
    expect(got.data).toHaveLength(levels.length)
    for (const [i, value] of got.data.entries()) expect(Math.abs(value - levels[i]!)).toBeLessThanOrEqual(1)
    const scale = change === 'reduce' ? 1 / factor : factor
    expect(got).toMatchObject({
      width: shape.width * scale,
      height: shape.height * scale,
      channels: shape.channels,
    })
  },
)

test('a factor that doesn’t divide the size is refused', () => {
  const picture = { data: new Uint8Array(4 * 6 * 3), width: 6, height: 4, channels: 3 }
  expect(() => reduceBicubic(picture, 4)).toThrow(
    '[gankit/datasets] factor is 4, expected one that divides 6×4: crop the picture to a multiple of it',
  )
  expect(() => reduceBicubic(picture, 0)).toThrow('factor is 0, expected a whole number of at least 1')
  expect(() => enlargeBicubic(picture, 1.5)).toThrow('factor is 1.5')
})
