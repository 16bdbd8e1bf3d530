import sharp from 'sharp'

type Color = readonly [red: number, green: number, blue: number]

/** A PNG of one color. */
export function flat(width: number, height: number, [r, g, b]: Color): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer()
}

/** A PNG of 40×20 with one color beside another; 'slope' has the same green on both sides, which grows to the right and down. */
export function joined(left: Color, right: Color, green: 'slope' | 'flat' = 'flat'): Promise<Buffer> {
  const data = new Uint8Array(40 * 20 * 3)
  for (let i = 0; i < 40 * 20; i++) {
    const [x, y] = [i % 40, Math.floor(i / 40)]
    data.set(x < 20 ? left : right, 3 * i)
    if (green === 'slope') data[3 * i + 1] = 20 + 7 * (x % 20) + 3 * y
  }
  return sharp(data, { raw: { width: 40, height: 20, channels: 3 } })
    .png()
    .toBuffer()
}
