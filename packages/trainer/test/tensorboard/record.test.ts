import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32c } from '../../src/tensorboard/record.ts'
import { bitwiseCrc } from './reader.ts'

// RFC 3720, appendix B.4.
test.each([
  ['32 bytes of 0', new Uint8Array(32), 0x8a9136aa],
  ['32 bytes of 0xff', new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ['0 to 31', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ['31 to 0', Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  ['the digits 1 to 9', new TextEncoder().encode('123456789'), 0xe3069283],
  ['nothing', new Uint8Array(), 0],
])('%s', (_, bytes, crc) => {
  expect(crc32c(bytes)).toBe(crc)
  expect(bitwiseCrc(bytes)).toBe(crc)
})

test('any bytes have the CRC that their bits have', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), bytes => crc32c(bytes) === bitwiseCrc(bytes)))
})
