import { randomStream } from '@gankit/core'
import { expect, test, vi } from 'vitest'
import { encodePng } from '../../src/pictures/png.ts'
import { readPng } from './png-reader.ts'

test('an independent reader gets back every pixel, over random sizes', () => {
  const random = randomStream(1, 'png')
  for (let i = 0; i < 60; i++) {
    const [a, b, c] = random.bits(3)
    const [width, height] = [1 + (a! % 40), 1 + (b! % 40)]
    const channels = c! % 2 === 0 ? 1 : 3
    const data = Uint8Array.from(random.bits(width * height * channels), word => word & 255)
    const file = readPng(encodePng({ width, height, channels, data }))
    expect(file).toEqual({ width, height, bitDepth: 8, colorType: channels === 1 ? 0 : 2, text: {}, data })
  }
})

const gray = { width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 255) } as const

test('in a page, where there is no zlib of Node, the pixels and the text are the same', async () => {
  const data = Uint8Array.from(randomStream(2, 'png').bits(90 * 70 * 3), (word, i) => (word & 31) + (i % 90))
  const picture = { width: 90, height: 70, channels: 3, data } as const
  const text = { Step: '500' }
  const inNode = encodePng(picture, { text })
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
  vi.resetModules()
  const page = await import('../../src/pictures/png.ts').finally(() => vi.restoreAllMocks())
  const inPage = page.encodePng(picture, { text })
  expect(inPage).not.toEqual(inNode)
  expect(readPng(inPage)).toEqual(readPng(inNode))
  expect(inPage.length).toBeLessThan(1.1 * inNode.length)
})

test('text travels with the pixels', () => {
  const text = { Software: 'gankit', 'step 500': 'seed 42, naïve' }
  expect(readPng(encodePng(gray, { text })).text).toEqual(text)
})

test('the result owns its buffer and repeats byte for byte', () => {
  const png = encodePng(gray)
  expect(png.buffer.byteLength).toBe(png.length)
  expect(encodePng(gray)).toEqual(png)
})

test('pictures that contradict themselves and text that tEXt cannot hold are refused', () => {
  expect(() => encodePng({ ...gray, width: 3 })).toThrow(
    '[gankit/visualization] picture has 2 bytes, expected 3 (1 × 3 × 1)',
  )
  expect(() => encodePng({ ...gray, height: 0 })).toThrow(
    'height is 0, expected a whole number of at least 1',
  )
  expect(() => encodePng({ ...gray, channels: 2 as 1 })).toThrow('channels is 2, expected 1')
  for (const keyword of ['', 'x'.repeat(80), ' x', 'x ', 'a  b', 'a\nb', 'λ'])
    expect(() => encodePng(gray, { text: { [keyword]: '' } }), keyword).toThrow(
      '[gankit/visualization] text has',
    )
  expect(() => encodePng(gray, { text: { beta: 'β = 0.5' } })).toThrow(`text 'beta' has the character "β"`)
  expect(() => encodePng(gray, { text: { a: 'x\0' } })).toThrow('expected Latin-1 without NUL')
})
