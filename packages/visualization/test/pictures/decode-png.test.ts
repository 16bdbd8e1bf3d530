import { deflateSync } from 'node:zlib'
import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { decodePng, encodePng } from '../../src/index.ts'
import { readPng } from './png-reader.ts'

const picture = (channels: 1 | 3) => {
  const data = Uint8Array.from(randomStream(1, `png ${channels}`).bits(9 * 5 * channels), word => word & 255)
  return { width: 9, height: 5, channels, data } as const
}

test.each([1, 3] as const)('reads what was written, of %i channels', channels => {
  const png = encodePng(picture(channels), { text: { Step: '3' } })
  const { data } = readPng(png)
  expect(decodePng(png)).toEqual({ ...picture(channels), data })
  expect(decodePng(png)).toEqual(picture(channels))
})

test('what is damaged or of another kind is refused', () => {
  const png = encodePng(picture(3))
  const flipped = Uint8Array.from(png, (byte, i) => (i === 60 ? byte ^ 1 : byte))
  for (const bad of [png.subarray(0, 80), flipped, new Uint8Array(), Buffer.from('no picture at all')])
    expect(() => decodePng(bad)).toThrow("[gankit/visualization] PNG can't be read (")
  expect(() => decodePng(grayWithAlpha())).toThrow('PNG has 2 channels of 8 bit')
})

/** A PNG of one gray pixel with alpha, made from another's bytes. */
function grayWithAlpha(): Uint8Array {
  const chunk = (name: string, body: Uint8Array) => {
    const out = Buffer.alloc(12 + body.length)
    out.writeUInt32BE(body.length, 0)
    out.write(name, 4, 'latin1')
    out.set(body, 8)
    out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length)
    return out
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 4, 0, 0, 0)),
    chunk('IDAT', deflateSync(Buffer.of(0, 100, 200))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
