import sharp from 'sharp'
import { expect, test } from 'vitest'
import { resample } from '../src/images/resample.ts'

const kernels = ['lanczos3', 'cubic', 'linear'] as const

/** RGB bytes without any order, in [0, 255]. */
function noise(width: number, height: number): Uint8Array {
  return Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => (Math.imul(i + 1, 0x9e3779b1) >>> 13) & 255,
  )
}

test.each(kernels)(
  '%s shrinks noise as libvips does, on the whole, and unlike the other kernels',
  async resize => {
    const data = noise(90, 70)
    const raw = { width: 90, height: 70, channels: 3 } as const
    const from = await sharp(data, { raw }).resize(50, 37, { fit: 'fill', kernel: resize }).raw().toBuffer()
    const distance = (kernel: typeof resize) => {
      const got = resample({ data, ...raw }, { width: 50, height: 37, resize: kernel })
      return got.reduce((sum, value, i) => sum + Math.abs(value - from[i]!), 0) / got.length
    }
    // It rounds where kernels lie, and once more between x and y.
    expect(distance(resize)).toBeLessThan(1)
    for (const other of kernels) if (other !== resize) expect(distance(other)).toBeGreaterThan(2)
  },
)

test.each(kernels)('%s leaves a picture of the right size as it is', resize => {
  const data = noise(9, 7)
  expect([...resample({ data, width: 9, height: 7, channels: 3 }, { width: 9, height: 7, resize })]).toEqual([
    ...data,
  ])
})

test('linear enlarges a slope between the centers of its pixels', () => {
  const data = Uint8Array.of(0, 20, 40, 60)
  const got = resample({ data, width: 4, height: 1, channels: 1 }, { width: 8, height: 1, resize: 'linear' })
  expect([...got]).toEqual([0, 5, 15, 25, 35, 45, 55, 60])
})

test.each(kernels)('%s moves nothing to one side', resize => {
  const data = Uint8Array.of(9, 90, 200, 31, 7)
  const size = { width: 13, height: 1, resize } as const
  const there = resample({ data, width: 5, height: 1, channels: 1 }, size)
  const back = resample({ data: data.toReversed(), width: 5, height: 1, channels: 1 }, size)
  expect([...back]).toEqual([...there].reverse())
})
