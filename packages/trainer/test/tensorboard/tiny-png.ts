import { crc32, deflateSync } from 'node:zlib'

/** A grey PNG of one shade, by the standard's own words: signature, IHDR, IDAT, IEND. */
export function greyPng(width: number, height: number, shade: number): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits a pixel; color type 0, grey.
  header[8] = 8
  const rows = Buffer.alloc(height * (width + 1), shade)
  // Each row begins with the filter it went through: none.
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0
  // Not a Buffer, which would print as one where a test fails.
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const bytes = Buffer.alloc(8 + named.length)
  bytes.writeUInt32BE(data.length, 0)
  named.copy(bytes, 4)
  bytes.writeUInt32BE(crc32(named), 4 + named.length)
  return bytes
}
